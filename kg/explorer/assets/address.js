// The state in the address of the page, so that a view can be shared and the back button goes back.
import { START } from "./store.js";

/** Returns the state that the address tells. */
export const readAddress = () => START;

/** Stands in until the real one is here. */
export const mountAddress = () => {};
