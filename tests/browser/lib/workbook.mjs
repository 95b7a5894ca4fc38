// A workbook as Excel writes it, part by part, packed by Python's zipfile: nothing of the project makes it.
import { execFileSync } from "node:child_process";

const XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const PACK = `
import io, json, sys, zipfile
out = io.BytesIO()
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
    for name, text in json.load(sys.stdin).items():
        package.writestr(name, text)
sys.stdout.buffer.write(out.getvalue())
`;

const escaped = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** A cell: a text, a number, or `{ text }` of a formula's last value. */
function cell(value, row, column) {
  const place = `${String.fromCharCode(65 + column)}${row + 1}`;
  if (value === null || value === "") return "";
  if (typeof value === "number") return `<c r="${place}"><v>${value}</v></c>`;
  if (typeof value === "object") return `<c r="${place}" t="str"><f>A1</f><v>${escaped(value.text)}</v></c>`;
  return `<c r="${place}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
}

/** The bytes of a workbook of sheets `{ name, hidden, rows, merged }`. */
export function workbook(sheets) {
  const parts = {
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${sheets.map((_, place) => `<Override PartName="/xl/worksheets/sheet${place + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join("")}</Types>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${sheets.map((sheet, place) => `<sheet name="${escaped(sheet.name)}" sheetId="${place + 1}"${sheet.hidden ? " state=\"hidden\"" : ""} r:id="rId${place + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, place) => `<Relationship Id="rId${place + 1}" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet${place + 1}.xml"/>`).join("")}</Relationships>`,
  };
  for (const [place, sheet] of sheets.entries()) {
    const rows = sheet.rows.map((row, number) => `<row r="${number + 1}">${row.map((value, column) => cell(value, number, column)).join("")}</row>`).join("");
    const merged = (sheet.merged ?? []).map((range) => `<mergeCell ref="${range}"/>`).join("");
    parts[`xl/worksheets/sheet${place + 1}.xml`] = `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${merged ? `<mergeCells>${merged}</mergeCells>` : ""}</worksheet>`;
  }
  return execFileSync("python3", ["-c", PACK], { input: JSON.stringify(parts), maxBuffer: 1 << 26 });
}
