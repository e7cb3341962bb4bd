/**
 * The one pair of credentials of the local cloud. They open nothing but the
 * engines on this machine; signatures (presigned addresses too) are made and
 * checked with them.
 */
export const ACCESS_KEY_ID = "LOCALCLOUD";
export const SECRET_ACCESS_KEY = "local-cloud-secret";
