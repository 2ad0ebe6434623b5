"""The small sound graph that the tests of the store start from, and ways to spoil it."""

from pathlib import Path

import pyoxigraph as ox

DATA = Path(__file__).parents[1] / "data"
GOOD = DATA / "graphs" / "good.trig"

PREFIXES = """
PREFIX kg: <https://w3id.org/kgp/ns#>
PREFIX id: <https://w3id.org/kgp/id/>
PREFIX paper: <https://w3id.org/kgp/id/paper/>
PREFIX method: <https://w3id.org/kgp/id/method/>
PREFIX organization: <https://w3id.org/kgp/id/organization/>
PREFIX topic: <https://w3id.org/kgp/id/topic/>
PREFIX cito: <http://purl.org/spar/cito/>
PREFIX datacite: <http://purl.org/spar/datacite/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX fabio: <http://purl.org/spar/fabio/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX itsrdf: <http://www.w3.org/2005/11/its/rdf#>
PREFIX mls: <http://www.w3.org/ns/mls#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX pro: <http://purl.org/spar/pro/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <https://schema.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def store_of(turtle: str) -> ox.Store:
    """Return a store with Turtle in its default graph; the usual prefixes are known."""
    store = ox.Store()
    store.load((PREFIXES + turtle).encode(), format=ox.RdfFormat.TURTLE)
    return store


def good_store() -> ox.Store:
    """Return a store with the sound graph."""
    store = ox.Store()
    store.load(path=str(GOOD), format=ox.RdfFormat.TRIG)
    return store


def spoil(store: ox.Store, update: str) -> ox.Store:
    """Change a store by a SPARQL update that must change something, and return it."""
    before = set(store)
    store.update(PREFIXES + update)
    if set(store) == before:
        raise AssertionError(f"the update changes nothing: {update}")
    return store
