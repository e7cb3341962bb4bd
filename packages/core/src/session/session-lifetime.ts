/** From the sign-in on, whatever happens: the same as the pool's refresh tokens. */
export const longestSessionSeconds = 30 * 24 * 60 * 60;

/** Without a request. */
export const longestIdleSeconds = 14 * 24 * 60 * 60;
