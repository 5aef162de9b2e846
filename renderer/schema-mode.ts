import { z } from 'zod';

/** The CSP forbids eval: zod must not probe for it. Read when a schema is made, so this module comes before any schema. */
z.config({ jitless: true });
