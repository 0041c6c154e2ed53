/** What has been typed and is not saved yet, for whoever is about to leave the page. keep/ fills it in. */
export const work = {
  flush: async () => true, // whether all of it is on the server now
  isDirty: () => false,
  discard() {}, // another person took over
};
