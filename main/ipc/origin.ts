/** Where our own windows live; the only origin that is loaded, spoken to or listened to. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'twig';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
