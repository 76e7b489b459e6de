/** The group of the user pool whose members run the platform; nobody joins it but by somebody with the rights of the account. */
export const platformGroup = 'platform-admin';
