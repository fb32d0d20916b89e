/** So many sums are asked of the database one by one. */
export const MOST_RECONCILED_DAYS = 400
/** Days times models of one export. */
export const MOST_RECONCILED_GROUPS = 20_000
