// Only the live updates: the forms of the page work without this file.

const note = document.getElementById("note");
if (note) {
  const end = performance.now() + Number(note.dataset.left);
  const left = document.getElementById("left");
  const tick = setInterval(() => {
    const seconds = Math.max(0, end - performance.now()) / 1000;
    left.textContent = Math.ceil(seconds);
    if (seconds === 0) {
      clearInterval(tick);
      requestNote();
    }
  }, 100);
}

/** Only the store knows whether the note has expired. */
async function requestNote() {
  const answer = await fetch("/note");
  if (answer.status === 204) {
    note.hidden = true;
    document.getElementById("gone").hidden = false;
  } else {
    setTimeout(requestNote, 200);
  }
}

const source = document.getElementById("source");
const output = document.getElementById("output");
let typing;
let latest = 0;
document.getElementById("live").hidden = false;
document.getElementById("render").hidden = true;
source.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(render, 150);
});

async function render() {
  const mine = ++latest;
  let text, failed;
  try {
    const answer = await fetch("/render", { method: "POST", body: new URLSearchParams({ template: source.value }) });
    text = await answer.text();
    failed = !answer.ok;
  } catch {
    text = "The application does not answer. Is it still running?";
    failed = true;
  }
  if (mine === latest) {
    output.textContent = text;
    output.classList.toggle("failed", failed);
  }
}
