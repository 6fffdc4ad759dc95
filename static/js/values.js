/* What was typed, read as the server reads it: amounts, months, numbers of persons. Only hints are made of it;
   what counts is decided on the server. Pure functions, no document. */
"use strict";

(function (root) {
  const DIGITS = "零壹贰叁肆伍陆柒捌玖";
  const PLACES = ["", "拾", "佰", "仟"];
  const ZEROS = { "": 0, 万: 4, W: 4, 亿: 8 };
  const AMOUNT = /^(?:人民币|RMB)?[¥￥]?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.([0-9]+))?([万W亿])?(?:元|圆|块)?(?:整|正)?$/;
  const MOST_FEN = 10000000000 * 100 - 1;
  const MONTH_WITH_SIGN = /^([0-9]{4}|[0-9]{2})[-./年]([0-9]{1,2})月?份?$/;
  const MONTH_DIGITS = /^([0-9]{4}|[0-9]{2})([0-9]{2})$/;
  const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const ID_CHECKS = "10X98765432";

  /** Half-width characters without any white space, upper case. */
  function oneSpelling(text) {
    return text
      .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
      .replace(/[\s\u3000\u200b-\u200f\u2060\ufeff]/g, "")
      .toUpperCase();
  }

  /** The text of a number: one spelling, no hyphens, × as X. */
  function compact(text) {
    return oneSpelling(text).replace(/[-‐‑‒–—―−─]/g, "").replace(/[×✕]/g, "X");
  }

  /** The amount in whole fen, or null when it cannot be read or is not a whole number of fen. */
  function parseAmount(text) {
    const match = AMOUNT.exec(oneSpelling(text));
    if (!match || (match[1] === undefined && match[2] === undefined)) return null;
    const part = match[2] || "";
    const places = ZEROS[match[3] || ""] + 2;
    if (/[1-9]/.test(part.slice(places))) return null;
    const whole = (match[1] || "0").replace(/,/g, "");
    const fen = Number(whole + part.slice(0, places).padEnd(places, "0"));
    return fen <= MOST_FEN ? fen : null;
  }

  /** 438,000.00 */
  function yuan(fen) {
    const whole = String(Math.floor(fen / 100)).replace(/\B(?=([0-9]{3})+$)/g, ",");
    return whole + "." + String(fen % 100).padStart(2, "0");
  }

  function groupWords(group) {
    let words = "";
    let zero = false;
    for (let place = 3; place >= 0; place -= 1) {
      const digit = Math.floor(group / 10 ** place) % 10;
      if (digit) words += (zero && words ? "零" : "") + DIGITS[digit] + PLACES[place];
      zero = !digit;
    }
    return words;
  }

  function wholeWords(number) {
    for (const [unit, size] of [["亿", 1e8], ["万", 1e4]]) {
      if (number >= size) {
        const words = wholeWords(Math.floor(number / size)) + unit;
        const rest = number % size;
        if (!rest) return words;
        return words + (rest < size / 10 ? "零" : "") + wholeWords(rest);
      }
    }
    return number ? groupWords(number) : "零";
  }

  /** The amount in capital words, to be read out: 叁万陆仟伍佰元整. */
  function rmbWords(fen) {
    const whole = Math.floor(fen / 100);
    const jiao = Math.floor(fen / 10) % 10;
    const cents = fen % 10;
    let words = whole || !(fen % 100) ? wholeWords(whole) + "元" : "";
    if (!jiao && !cents) return words + "整";
    if (jiao) words += DIGITS[jiao] + "角";
    if (cents) words += (whole && !jiao ? "零" : "") + DIGITS[cents] + "分";
    return words;
  }

  /** {year, month} of 2507, 25.7, 202507, 2025-07 or 2025年7月; null otherwise. */
  function parseMonth(text) {
    const typed = oneSpelling(text).replace(/[‐‑‒–—―−]/g, "-").replace(/。/g, ".");
    const match = MONTH_DIGITS.exec(typed) || MONTH_WITH_SIGN.exec(typed);
    if (!match) return null;
    const year = Number(match[1]) + (match[1].length === 2 ? 2000 : 0);
    const month = Number(match[2]);
    return month >= 1 && month <= 12 && year >= 1950 ? { year, month } : null;
  }

  /** How many months from the first to the last, both counted; 0 when the last is earlier. */
  function monthsBetween(first, last) {
    return Math.max(0, (last.year - first.year) * 12 + last.month - first.month + 1);
  }

  const DAY_WORDS = { 今天: 0, 昨天: -1, 前天: -2, 明天: 1 };
  const DAY_FULL = /^([0-9]{4})[-./年]?([0-9]{1,2})[-./月]?([0-9]{1,2})日?$/;
  const DAY_SHORT = /^(?:([0-9]{1,2})[-./月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))$/;
  const DAY_OFFSET = /^([+-][0-9]{1,4})天?$/;

  /** The day of 20261123, 2026-11-23, 1123, 11-23, 今天, 昨天, -3 or +5 as a local Date; null otherwise. */
  function parseDay(text, today) {
    const typed = oneSpelling(text).replace("−", "-");
    const away = typed in DAY_WORDS ? DAY_WORDS[typed] : Number((DAY_OFFSET.exec(typed) || [])[1]);
    if (!Number.isNaN(away)) return new Date(today.getFullYear(), today.getMonth(), today.getDate() + away);
    const short = DAY_SHORT.exec(typed);
    const full = short ? [typed, today.getFullYear(), short[1] || short[3], short[2] || short[4]] : DAY_FULL.exec(typed);
    if (!full) return null;
    const [year, month, number] = full.slice(1).map(Number);
    const day = new Date(year, month - 1, number);
    return day.getMonth() === month - 1 && day.getDate() === number ? day : null;
  }

  /** 2026-11-23 */
  function isoDay(day) {
    const two = (number) => String(number).padStart(2, "0");
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  }

  /** What is wrong with an identity number, as the name of a sentence and its number; null when nothing is. */
  function idProblem(text) {
    const number = compact(text);
    if (number.length !== 18) return { name: "id-length", n: number.length };
    if (!/^[0-9]{17}[0-9X]$/.test(number)) return { name: "id-digits" };
    const total = ID_WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(number[i]), 0);
    return ID_CHECKS[total % 11] === number[17] ? null : { name: "id-check" };
  }

  /** Sex, day of birth and age that a sound number tells; null for any other. */
  function idFacts(text, today) {
    const number = compact(text);
    if (idProblem(number)) return null;
    const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
    const birth = new Date(year, month - 1, day);
    if (birth.getMonth() !== month - 1 || birth.getDate() !== day || birth > today) return null;
    const hadBirthday = today >= new Date(today.getFullYear(), month - 1, day);
    const age = today.getFullYear() - year - (hadBirthday ? 0 : 1);
    return { sex: Number(number[16]) % 2 ? "male" : "female", year, month, day, age };
  }

  /** What is wrong with a mobile number, told as for an identity number. Fixed telephones (leading 0) are left to the server. */
  function phoneProblem(text) {
    const number = compact(text).replace(/[()]/g, "").replace(/^(\+86|0086|86(?=1[3-9][0-9]{9}$))/, "");
    if (number.startsWith("0") || !/^[0-9]+$/.test(number)) return null;
    return number.length === 11 ? null : { name: "phone-length", n: number.length };
  }

  /** The identity number inside what a card reader typed, in its one spelling; "" when there is none. */
  function findIdNumber(text) {
    const match = /[0-9]{17}[0-9Xx]/.exec(text.replace(/[ＸｘX×✕]/g, "X").replace(/[０-９]/g, (c) => compact(c)));
    return match ? compact(match[0]) : "";
  }

  root.huxinValues = {
    compact, parseAmount, yuan, rmbWords, parseMonth, monthsBetween, parseDay, isoDay, idProblem, idFacts, phoneProblem, findIdNumber,
  };
})(globalThis);
