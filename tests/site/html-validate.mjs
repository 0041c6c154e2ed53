/** html-validate for what the site sends; each rule that is off says why. */
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // an empty hidden input stands before each tick or group of radio buttons, so that "off" is an answer too
    "form-dup-name": "off",
    // blank lines are what a template's own tags leave behind
    "no-trailing-whitespace": "off",
    // a field is of type text and a button of a form submits: saying so on each costs a download more than it tells
    "no-implicit-input-type": "off",
    "no-implicit-button-type": "off",
    // the registration number is no password: its box hides the digits, and no browser shall offer to keep them
    "autocomplete-password": "off",
    // suggestions under a text field are no select: any other text is as good
    "prefer-native-element": ["error", { exclude: ["listbox"] }],
  },
};
