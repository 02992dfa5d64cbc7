package henderson.data;

import henderson.api.Positions;

/**
 * The different places that rows have in their residual groups.
 *
 * @param positions the places
 * @param at        index of its place, by used row
 */
record Places(Positions positions, int[] at) {}
