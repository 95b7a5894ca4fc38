"""A voter's half of RFC 9497's VOPRF over ristretto255 with SHA-512, in whole numbers: slow, and no line of
it shared with the server's. Not hardened against timing: it guards no secret of anybody's.

Run by itself it checks the RFC's own vector."""

import hashlib
import secrets

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
CONTEXT = b"OPRFV1-\x01-ristretto255-SHA512"


def is_negative(x):
    return x % P & 1


def magnitude(x):
    return -x % P if is_negative(x) else x % P


def sqrt_ratio(u, v):
    """(whether u/v is a square, the non-negative root of u/v or of i·u/v): RFC 9496, 4.2."""
    r = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    check = v * r * r % P
    u %= P
    if check in (-u % P, -u * SQRT_M1 % P):
        r = r * SQRT_M1 % P
    return check in (u, -u % P), magnitude(r)


INVSQRT_A_MINUS_D = sqrt_ratio(1, -1 - D)[1]
SQRT_AD_MINUS_ONE = next(r for r in (sqrt_ratio(-D - 1, 1)[1],) for r in (r, -r % P)
                         if r == 25063068953384623474111414158702152701244531502492656460079210482610430750235)


class Point:
    """An element of ristretto255, as a point of the curve in extended coordinates."""

    def __init__(self, x, y, z, t):
        self.x, self.y, self.z, self.t = x % P, y % P, z % P, t % P

    def __add__(self, other):
        a = (self.y - self.x) * (other.y - other.x)
        b = (self.y + self.x) * (other.y + other.x)
        c = 2 * D * self.t * other.t
        d = 2 * self.z * other.z
        e, f, g, h = b - a, d - c, d + c, b + a
        return Point(e * f, g * h, f * g, e * h)

    def __rmul__(self, scalar):
        sum_, double, scalar = Point(0, 1, 1, 0), self, scalar % ORDER
        while scalar:
            if scalar & 1:
                sum_ = sum_ + double
            double, scalar = double + double, scalar >> 1
        return sum_

    def encode(self):
        u1, u2 = (self.z + self.y) * (self.z - self.y) % P, self.x * self.y % P
        root = sqrt_ratio(1, u1 * u2 * u2)[1]
        den1, den2 = root * u1 % P, root * u2 % P
        z_inv = den1 * den2 * self.t % P
        x, y, den = self.x, self.y, den2
        if is_negative(self.t * z_inv):
            x, y, den = self.y * SQRT_M1 % P, self.x * SQRT_M1 % P, den1 * INVSQRT_A_MINUS_D % P
        if is_negative(x * z_inv):
            y = -y
        return magnitude(den * (self.z - y)).to_bytes(32, "little")


def decode(data):
    s = int.from_bytes(data, "little")
    assert len(data) == 32 and s < P and not is_negative(s), "no element"
    ss = s * s % P
    u1, u2 = 1 - ss, 1 + ss
    v = -(D * u1 * u1) - u2 * u2
    square, root = sqrt_ratio(1, v * u2 * u2)
    den_x = root * u2
    x = magnitude(2 * s * den_x)
    y = u1 * root * den_x * v % P
    assert square and not is_negative(x * y) and y, "no element"
    return Point(x, y, 1, x * y)


def elligator(t):
    r = SQRT_M1 * t * t % P
    u, v = (r + 1) * (1 - D * D) % P, (-1 - r * D) * (r + D) % P
    square, s = sqrt_ratio(u, v)
    c = -1
    if not square:
        s, c = -magnitude(s * t) % P, r
    n = (c * (r - 1) * (D - 1) * (D - 1) - v) % P
    w0, w1, w2, w3 = 2 * s * v, n * SQRT_AD_MINUS_ONE, 1 - s * s, 1 + s * s
    return Point(w0 * w3, w2 * w1, w1 * w3, w0 * w2)


def expand(message, tag, length=64):
    """expand_message_xmd of RFC 9380 with SHA-512, for up to 64 bytes."""
    tag = tag + len(tag).to_bytes(1, "big")
    b0 = hashlib.sha512(bytes(128) + message + length.to_bytes(2, "big") + b"\0" + tag).digest()
    return hashlib.sha512(b0 + b"\x01" + tag).digest()[:length]


def to_group(message):
    wide = expand(message, b"HashToGroup-" + CONTEXT)
    mask = 2**255 - 1
    return elligator(int.from_bytes(wide[:32], "little") & mask) + elligator(int.from_bytes(wide[32:], "little") & mask)


def to_scalar(message):
    return int.from_bytes(expand(message, b"HashToScalar-" + CONTEXT), "little") % ORDER


def framed(*parts):
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


BASE = decode(bytes.fromhex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"))


class Voter:
    """Blinds one nonce, checks the answer, and has the token."""

    def __init__(self, nonce, blind=None):
        self.nonce, self.blind = nonce, blind or secrets.randbelow(ORDER - 1) + 1
        self.blinded = (self.blind * to_group(nonce)).encode()

    def finalize(self, evaluated, proof, key):
        """The token's output; an assertion if the server did not use `key`."""
        seed = hashlib.sha512(framed(key, b"Seed-" + CONTEXT)).digest()
        weight = to_scalar(framed(seed) + (0).to_bytes(2, "big") + framed(self.blinded, evaluated) + b"Composite")
        m, z = weight * decode(self.blinded), weight * decode(evaluated)
        c, s = (int.from_bytes(half, "little") for half in (proof[:32], proof[32:]))
        t2, t3 = s * BASE + c * decode(key), s * m + c * z
        assert c == to_scalar(framed(key, m.encode(), z.encode(), t2.encode(), t3.encode()) + b"Challenge"), "the proof does not hold"
        unblinded = (pow(self.blind, -1, ORDER) * decode(evaluated)).encode()
        return hashlib.sha512(framed(self.nonce, unblinded) + b"Finalize").digest()


if __name__ == "__main__":
    # RFC 9497, A.1.2, test vector 1.
    voter = Voter(b"\0", int.from_bytes(bytes.fromhex("64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706"), "little"))
    assert voter.blinded.hex() == "863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945", voter.blinded.hex()
    output = voter.finalize(
        bytes.fromhex("aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e"),
        bytes.fromhex("ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd066d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d"),
        bytes.fromhex("c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e"))
    assert output.hex() == ("b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7d"
                            "a4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c"), output.hex()
    print("the RFC's vector comes out")
