// The CSRF cookie is HttpOnly, so htmx takes the token from a form: its own, else the sign-out form in the bar.
const FIELD = "csrfmiddlewaretoken";

export function signRequests() {
  document.addEventListener("htmx:configRequest", ({ target, detail }) => {
    if (detail.verb === "get" || detail.parameters[FIELD]) return;
    const field = (target.closest("form") ?? document).querySelector(`[name=${FIELD}]`) ?? document.querySelector(`[name=${FIELD}]`);
    if (field) detail.headers["X-CSRFToken"] = field.value;
  });
}
