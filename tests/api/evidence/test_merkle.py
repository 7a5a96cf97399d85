"""A hash over all entries, and proofs about it that no changed byte survives.

The vectors are those of Certificate Transparency (transparency-dev/merkle, `testonly/constants.go` and
`reference_test.go`): eight leaves, the root of every tree of them, and proofs worked out by hand.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.evidence import merkle
from api.evidence.merkle import Place, ProofError

LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    bytes.fromhex(each)
    for each in (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
INCLUSION = [
    (0, 1, ""),
    (0, 2, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"),
    (1, 2, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    (2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    (
        1,
        5,
        (
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
            " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
            " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
        ),
    ),
    (
        0,
        8,
        (
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
            " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
            " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
        ),
    ),
    (
        5,
        8,
        (
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
            " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
            " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
        ),
    ),
]
CONSISTENCY = [
    (1, 1, ""),
    (
        1,
        8,
        (
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
            " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
            " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
        ),
    ),
    (
        2,
        5,
        (
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
            " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
        ),
    ),
    (
        6,
        8,
        (
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
            " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
            " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
        ),
    ),
]


def hashes(written: str) -> list[bytes]:
    return [bytes.fromhex(each) for each in written.split()]


def tree(leaves: Sequence[bytes]) -> dict[Place, bytes]:
    """A tree stored as its perfect subtrees, grown leaf by leaf."""
    stored: dict[Place, bytes] = {}
    for size, leaf in enumerate(leaves):
        stored.update(merkle.grown(size, [merkle.leaf_hash(leaf)], stored.__getitem__))
    return stored


def inclusion(stored: dict[Place, bytes], index: int, size: int) -> list[bytes]:
    return [merkle.hash_of(each, stored.__getitem__) for each in merkle.inclusion_ranges(index, size)]


def consistency(stored: dict[Place, bytes], first: int, second: int) -> list[bytes]:
    return [merkle.hash_of(each, stored.__getitem__) for each in merkle.consistency_ranges(first, second)]


# -------------------------------------------------------- the published vectors


@pytest.mark.parametrize("size", range(9))
def test_the_roots_of_certificate_transparency(size: int) -> None:
    assert merkle.root(size, tree(LEAVES[:size]).__getitem__) == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_the_inclusion_proofs_of_certificate_transparency(index: int, size: int, proof: str) -> None:
    assert inclusion(tree(LEAVES), index, size) == hashes(proof)
    merkle.verify_inclusion(merkle.leaf_hash(LEAVES[index]), index, size, hashes(proof), ROOTS[size])


@pytest.mark.parametrize(("first", "second", "proof"), CONSISTENCY)
def test_the_consistency_proofs_of_certificate_transparency(first: int, second: int, proof: str) -> None:
    assert consistency(tree(LEAVES), first, second) == hashes(proof)
    merkle.verify_consistency(first, second, hashes(proof), ROOTS[first], ROOTS[second])


# ------------------------------------- against the definition, word for word


def mth(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 9162 section 2.1.1, as it is written there."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = largest_power_below(len(leaves))
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = largest_power_below(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: Sequence[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of section 2.1.4.1."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = largest_power_below(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


NUMBERED = [b"leaf %d" % number for number in range(200)]
STORED = tree(NUMBERED)
two_sizes = st.integers(1, len(NUMBERED)).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n)))


@given(two_sizes)
def test_roots_and_proofs_are_those_of_the_definition(sizes: tuple[int, int]) -> None:
    first, second = sizes
    leaves = NUMBERED[:second]

    assert merkle.root(second, STORED.__getitem__) == mth(leaves)
    assert inclusion(STORED, first - 1, second) == path(first - 1, leaves)
    assert consistency(STORED, first, second) == subproof(first, leaves, True)
    merkle.verify_inclusion(
        merkle.leaf_hash(leaves[first - 1]), first - 1, second, path(first - 1, leaves), mth(leaves)
    )
    merkle.verify_consistency(first, second, subproof(first, leaves, True), mth(leaves[:first]), mth(leaves))


@given(st.lists(st.integers(0, 9), max_size=12))
def test_a_tree_grows_to_the_same_by_whatever_steps(steps: list[int]) -> None:
    stored: dict[Place, bytes] = {}
    size = 0
    for step in steps:
        leaves = [merkle.leaf_hash(each) for each in NUMBERED[size : size + step]]
        stored.update(merkle.grown(size, leaves, dict(stored).__getitem__))
        size += step

    assert stored == tree(NUMBERED[:size])


def test_growing_reads_and_writes_no_more_than_the_height() -> None:
    asked: list[Place] = []

    def stored(place: Place) -> bytes:
        asked.append(place)
        return bytes(32)

    made = list(merkle.grown(2**40 - 1, [bytes(32)], stored))

    assert len(asked) == 40
    assert len(made) == 41


# ----------------------------------------------------------- what is refused


def refused(check: Callable[[], None]) -> None:
    with pytest.raises(ProofError):
        check()


def mutations(proof: Sequence[bytes]) -> list[list[bytes]]:
    """Every bit of the proof turned, and everything that can be cut from it, added, doubled or put elsewhere."""
    found: list[list[bytes]] = []
    for place, each in enumerate(proof):
        for at in range(len(each)):
            for bit in range(8):
                turned = each[:at] + bytes([each[at] ^ 1 << bit]) + each[at + 1 :]
                found.append([*proof[:place], turned, *proof[place + 1 :]])
        found.append([*proof[:place], *proof[place + 1 :]])
        found.append([*proof[:place], each, each, *proof[place + 1 :]])
        found.append([*proof[:place], each[:-1], *proof[place + 1 :]])
        found.append([*proof[:place], each + b"\x00", *proof[place + 1 :]])
        found.append([*proof[:place], b"", *proof[place + 1 :]])
        found.extend(
            [*proof[:place], proof[other], *proof[place + 1 :]] for other in range(len(proof)) if other != place
        )
    found += [[*proof, bytes(32)], [bytes(32), *proof], [*proof, ROOTS[8]], [*proof, *proof, ROOTS[8]]]
    return [each for each in found if each != list(proof)]


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_no_change_to_an_inclusion_proof_is_believed(index: int, size: int, proof: str) -> None:
    leaf, good = merkle.leaf_hash(LEAVES[index]), hashes(proof)

    for bad in mutations(good):
        refused(lambda bad=bad: merkle.verify_inclusion(leaf, index, size, bad, ROOTS[size]))  # type: ignore[misc]


@pytest.mark.parametrize(("first", "second", "proof"), CONSISTENCY)
def test_no_change_to_a_consistency_proof_is_believed(first: int, second: int, proof: str) -> None:
    good = hashes(proof)

    for bad in mutations(good):
        refused(lambda bad=bad: merkle.verify_consistency(first, second, bad, ROOTS[first], ROOTS[second]))  # type: ignore[misc]


def test_an_inclusion_proof_holds_for_its_index_and_root_alone() -> None:
    """In a tree of the signed size no other index is believed, and under no size another root."""
    stored = tree(LEAVES)
    believed = set()
    for index, size in ((i, n) for n in range(1, 9) for i in range(n)):
        proof, leaf = inclusion(stored, index, size), merkle.leaf_hash(LEAVES[index])
        for other in range(-1, 10):
            for count in range(-1, 20):
                for root in ROOTS:
                    try:
                        merkle.verify_inclusion(leaf, other, count, proof, root)
                    except ProofError:
                        continue
                    believed.add((index, size, other, count, root))

    right = {(i, n, i, n, ROOTS[n]) for n in range(1, 9) for i in range(n)}
    assert {each for each in believed if each[1] == each[3]} == right
    assert all(root == ROOTS[size] for _, size, _, _, root in believed)


def test_the_size_is_not_proved_by_a_proof_but_by_the_signature_over_it() -> None:
    """A way to the root can be the same in trees of two sizes, so whoever checks takes size and root from one note."""
    proof = inclusion(tree(LEAVES), 0, 5)

    merkle.verify_inclusion(merkle.leaf_hash(LEAVES[0]), 0, 5, proof, ROOTS[5])
    merkle.verify_inclusion(merkle.leaf_hash(LEAVES[0]), 0, 6, proof, ROOTS[5])


def test_a_leaf_is_not_taken_for_a_subtree() -> None:
    """Without the byte before each, the two hashes of a subtree could be passed off as one leaf."""
    stored = tree(LEAVES)
    forged = stored[0, 0] + stored[0, 1]

    proof = inclusion(stored, 0, 8)[1:]

    refused(lambda: merkle.verify_inclusion(merkle.leaf_hash(forged), 0, 4, proof, ROOTS[8]))


@pytest.mark.parametrize("changed", range(1, 7))
def test_a_forged_middle_is_seen_though_first_and_last_are_right(changed: int) -> None:
    """A verifier that compared only the ends of a range would take this tree for a continuation."""
    old = tree(LEAVES[:7])
    forged = tree([*LEAVES[:changed], b"forged", *LEAVES[changed + 1 :]])
    new_root = merkle.root(8, forged.__getitem__)

    assert forged[0, 0] == old[0, 0]
    assert (0, 6) not in forged or changed == 6 or forged[0, 6] == old[0, 6]
    for proof in (consistency(forged, 7, 8), consistency(tree(LEAVES), 7, 8)):
        refused(lambda proof=proof: merkle.verify_consistency(7, 8, proof, ROOTS[7], new_root))  # type: ignore[misc]


def test_a_consistency_proof_holds_for_its_two_roots_alone() -> None:
    for first, second, written in CONSISTENCY[1:]:
        proof = hashes(written)
        for one in ROOTS:
            for other in ROOTS:
                if (one, other) != (ROOTS[first], ROOTS[second]):
                    refused(
                        lambda one=one, other=other, f=first, s=second, p=proof: merkle.verify_consistency(  # type: ignore[misc]
                            f, s, p, one, other
                        )
                    )


@pytest.mark.parametrize(("first", "second"), [(0, 1), (-1, 1), (2, 1), (0, 0)])
def test_sizes_out_of_order_prove_nothing(first: int, second: int) -> None:
    refused(lambda: merkle.verify_consistency(first, second, [], ROOTS[1], ROOTS[1]))
    with pytest.raises(ValueError, match="cannot continue"):
        merkle.consistency_ranges(first, second)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 1), (8, 8)])
def test_an_index_outside_the_tree_proves_nothing(index: int, size: int) -> None:
    refused(lambda: merkle.verify_inclusion(ROOTS[1], index, size, [], ROOTS[1]))
    with pytest.raises(ValueError, match="has none with the index"):
        merkle.inclusion_ranges(index, size)


def test_two_trees_of_one_size_need_the_same_root_and_no_proof() -> None:
    merkle.verify_consistency(3, 3, [], ROOTS[3], ROOTS[3])

    refused(lambda: merkle.verify_consistency(3, 3, [], ROOTS[3], ROOTS[4]))
    refused(lambda: merkle.verify_consistency(3, 3, [ROOTS[3]], ROOTS[3], ROOTS[3]))
