/**
 * An answer that refuses a request, with the name and text that AWS uses
 * (API reference of Amazon Cognito user pools, "Errors" of each action).
 */
export class CognitoError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export const aliasExists = (attribute: string) =>
  new CognitoError("AliasExistsException", `An account with the ${attribute} already exists.`);

export const codeMismatch = () =>
  new CognitoError("CodeMismatchException", "Invalid verification code provided, please try again.");

export const expiredCode = () =>
  new CognitoError("ExpiredCodeException", "Invalid code provided, please request a code again.");

export const invalidParameter = (message: string) => new CognitoError("InvalidParameterException", message);

export const limitExceeded = () =>
  new CognitoError("LimitExceededException", "Attempt limit exceeded, please try after some time.");

export const notAuthorized = (message: string) => new CognitoError("NotAuthorizedException", message);

export const resourceNotFound = (message: string) => new CognitoError("ResourceNotFoundException", message);

export const usedTotp = () =>
  new CognitoError("ExpiredCodeException", "Your software token has already been used once.");

export const usernameExists = (message: string) => new CognitoError("UsernameExistsException", message);

export const userNotFound = (message = "User does not exist.") =>
  new CognitoError("UserNotFoundException", message);

/** The one answer to a wrong name and to a wrong password. */
export const wrongCredentials = () => notAuthorized("Incorrect username or password.");
