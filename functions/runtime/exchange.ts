// What API Gateway hands to a function and takes back (payload 2.0).
import type { APIGatewayProxyEventV2WithLambdaAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Tier } from '../../core/platform/place.ts';

/** What the authorizer hands over. Empty of a token that is nobody's; with `refused` of one that opens nothing any more: the function answers 401 in the house envelope. */
export type Principal = {
  tenant_id?: string;
  user_id?: string;
  role?: string;
  email?: string;
  /** The sign-in of the token. */
  session_id?: string;
  /** `true` where the tenant demands a second factor that the person has not. */
  mfa_missing?: string;
  /** Where the tenant has a place of its own: `bridge` or `silo`. */
  tier?: Tier;
  /** Requests a minute of the tenant. */
  rate?: string;
  /** JSON: role by project, of those shared with the person. */
  reach?: string;
  /** Of somebody who runs the platform: `mfa`, or `without_mfa`. */
  platform?: string;
  /** Epoch ms at which a session of the platform that looks at the tenant ends. */
  looking_until?: string;
  /** Where the tenant is read only: `suspended` or `closing`. */
  read_only?: string;
  /** JSON: what the directory says of an API key (core/apikey/holder.ts); instead of a person. */
  key?: string;
  /** Why what was sent opens nothing: `INVALID_KEY` where it is nobody's; `INVALID_TOKEN` of a sign-in that was ended, or of a member of before. */
  refused?: string;
};

export type HttpEvent = APIGatewayProxyEventV2WithLambdaAuthorizer<Principal>;
export type HttpAnswer = APIGatewayProxyStructuredResultV2;
