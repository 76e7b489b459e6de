// Passwords that fit the policy and are guessed first all the same. Compiled by hand from what published lists of leaked passwords have in
// common (NIST SP 800-63B, 5.1.1.2): a well-known word or keyboard walk, written with look-alike signs, digits and a sign at its end.

/** Words that people build such passwords on; look-alike signs already read as letters. */
export const roots: ReadonlySet<string> = new Set(
  (
    'password passwort passwd pass mypassword changeme letmein welcome default secret master admin administrator root system manager ' +
    'guest user login access test tester testing demo temp temporary company office qwerty qwertyuiop qwertyui qwer qwert asdf asdfgh ' +
    'asdfghjkl zxcv zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc qweasdzxcv abc abcd abcde abcdef abcdefg abcdefgh aaa aaaa aaaaaa ' +
    'iloveyou loveyou lovely princess sunshine monkey dragon football baseball superman batman shadow michael jordan ashley jennifer ' +
    'hello helloworld freedom whatever trustno starwars pokemon computer internet server database oracle cisco huawei alibaba tencent ' +
    'google facebook linkedin microsoft windows android samsung iphone summer winter spring autumn january february march april may june ' +
    'july august september october november december monday friday sunday china beijing shanghai shenzhen guangzhou hangzhou woaini ' +
    'woaiwojia aini woaizhongguo zhongguo nihao mima wodemima caonima scriptloom storyboard'
  ).split(' '),
);

/** Walks over the keyboard and runs of digits, lower case; digits and signs are part of them. */
export const walks: ReadonlySet<string> = new Set([
  '1qaz2wsx',
  '1qaz@wsx',
  '1qaz!qaz',
  '1qazxsw2',
  '1qaz2wsx3edc',
  '1qaz@wsx3edc',
  '!qaz2wsx',
  '!qaz@wsx',
  '!qaz2wsx#edc',
  '!qaz2wsx3edc',
  '!qaz@wsx#edc',
  'zaq12wsx',
  'zaq1@wsx',
  'zaq1xsw2',
  'zaq!2wsx',
  'zaq!xsw2',
  'qwe123',
  'qwe123!@#',
  'qwer1234',
  'qwer!@#$',
  'qwert12345',
  'asd123',
  'asdf1234',
  'zxc123',
  'zxcv1234',
  'abc123',
  'abcd1234',
  'a1b2c3d4',
  'a1s2d3f4',
  'q1w2e3r4',
  'q1w2e3r4t5',
  '1q2w3e4r',
  '1q2w3e4r5t',
  '1q2w3e4r5t6y',
  'aa123456',
  'qq123456',
  'p@ssw0rd',
  'woaini1314',
  'woaini520',
]);
