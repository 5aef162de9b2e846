// A list that is the same whatever is typed: what painting alone costs.
const input = document.querySelector('input');
const list = document.querySelector('[role=listbox]');
input.focus();
let count = 0;
input.addEventListener('input', () => {
  count += 1;
  const rows = Array.from({ length: 20 }, (_, row) => {
    const item = document.createElement('div');
    item.setAttribute('role', 'option');
    item.textContent = `Row ${row} of answer ${count}`;
    return item;
  });
  list.replaceChildren(...rows);
});
