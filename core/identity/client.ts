// The client of the user pool; one per container.
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';

let shared: CognitoIdentityProviderClient | undefined;
export const client = () => (shared ??= new CognitoIdentityProviderClient({}));
