import { createContext, createRef, type RefObject, useContext } from 'react';

/** Where menus and lists open: inside the page's landmark, so that they belong to it. */
export const popupHost = createRef<HTMLDivElement>();

/** Once per window that has menus or lists. */
export function PopupHost() {
  return <div ref={popupHost} />;
}

/** A dialog sets its own: what opens in it must be inside of it, or it could not be reached. */
export const PopupContainer = createContext<RefObject<HTMLDivElement | null>>(popupHost);

/** The element that popups of the place where this is called open in. */
export function usePopupContainer(): RefObject<HTMLDivElement | null> {
  return useContext(PopupContainer);
}
