// When the sweep looks again.

/** A link to upload lives an hour and can be asked for again; after a day nobody comes back. */
export const lookAfterUploadMs = 24 * 3_600_000;
/** Longer than a breakdown usually takes. */
export const lookAfterTaskMs = 30 * 60_000;
