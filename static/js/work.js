/** What has been typed and is not saved yet, for whoever is about to leave the page. keep/ fills it in. */
export const work = {
  touched: new Set(), // names of fields that somebody has typed in
  flush: async () => true, // whether all of it is on the server now
  isDirty: () => false,
  discard() {}, // another person took over
};

for (const type of ["input", "change"]) addEventListener(type, ({ target }) => work.touched.add(target.name));
