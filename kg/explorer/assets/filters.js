/** Stands in until the real one is here. */
export const mountFilters = () => {};
