/** How the error is called that the common engine throws in place of a part that it was built without. */
export const lackingName = "LackingError";
