/*
 * Passwords that are guessed first. What people add to get past a policy (a capital, a digit, a
 * sign, letters written as digits) is taken off before the comparison, so that a stem stands for all
 * of its disguises: `password` for `P@ssw0rd1!` too.
 */
const stems = new Set([
  ...["password", "passwort", "passcode", "passphrase", "secret", "letmein", "welcome", "login", "signin"],
  ...["admin", "administrator", "root", "guest", "user", "default", "changeme", "change", "test", "testing"],
  ...["qwerty", "qwertyuiop", "qwertz", "azerty", "asdf", "asdfgh", "asdfghjkl", "zxcv", "zxcvbn", "zxcvbnm"],
  ...["qazwsx", "qazwsxedc", "qweasd", "qweasdzxc", "abc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh"],
  ...["iloveyou", "loveyou", "love", "lovely", "princess", "sunshine", "flower", "angel", "baby", "honey"],
  ...["monkey", "dragon", "tiger", "lion", "shadow", "master", "superman", "batman", "spiderman", "pokemon"],
  ...[
    "starwars",
    "football",
    "baseball",
    "basketball",
    "soccer",
    "hockey",
    "liverpool",
    "chelsea",
    "arsenal",
  ],
  ...[
    "michael",
    "jordan",
    "jennifer",
    "jessica",
    "ashley",
    "daniel",
    "andrew",
    "thomas",
    "charlie",
    "george",
  ],
  ...["computer", "internet", "samsung", "google", "facebook", "naver", "kakao", "apple", "windows", "linux"],
  ...["summer", "winter", "spring", "autumn", "january", "december", "monday", "friday", "korea", "seoul"],
  ...[
    "hello",
    "helloworld",
    "whatever",
    "nothing",
    "trustno",
    "freedom",
    "killer",
    "cheese",
    "pepper",
    "ginger",
  ],
  ...["sarang", "saranghae", "dlrjtdms", "qlalfqjsgh", "alstn", "tkfkdgo", "dkssud", "dkssudgktpdy"],
]);

const disguises: Readonly<Record<string, string>> = {
  "@": "a",
  "4": "a",
  "3": "e",
  "1": "i",
  "!": "i",
  "0": "o",
  $: "s",
  "5": "s",
  "7": "t",
};

/** Rows of a keyboard and the alphabet, along which lazy fingers run. */
const runs = [
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "01234567890",
  "1qaz2wsx3edc4rfv",
];

/** Whether a password is among those that are tried first. */
export function isCommonPassword(password: string): boolean {
  const plain = password.normalize("NFKC").toLowerCase();
  const undisguised = [...plain].map((character) => disguises[character] ?? character).join("");
  const ends = /^[^a-z]+|[^a-z]+$/g;
  const candidates = [plain, plain.replace(ends, ""), undisguised, undisguised.replace(ends, "")];
  // Digits and signs at the end go first, or `password1` would become `passwordi`.
  const trimmed = plain.replace(ends, "");
  candidates.push([...trimmed].map((character) => disguises[character] ?? character).join(""));
  return candidates.some((text) => stems.has(text)) || isRun(plain);
}

/** One character over and over, a piece over and over, or a run along the keyboard. */
function isRun(text: string): boolean {
  if (/^(.{1,4})\1+$/.test(text)) return true;
  return runs.some((run) => {
    const backwards = [...run].reverse().join("");
    return run.includes(text) || backwards.includes(text);
  });
}
