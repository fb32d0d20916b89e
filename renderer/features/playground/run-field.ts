/** Marks the composer's button that asks, for whoever puts the focus there. */
export const RUN_FIELD_ID = 'run-all'
