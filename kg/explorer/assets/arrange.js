// Where nodes stand in pictures that are made here: the timeline, authors beside topics, and small neighbourhoods.

/** Stands in until the real one is here. */
export const timelineOf = (data, members, map) => ({
  x: map.x, y: map.y, community: map.community, communities: map.communities, regions: [], box: map.box, axis: [],
});

/** Stands in until the real one is here. */
export const columnsOf = (data, left, right, net, map) => ({
  x: map.x, y: map.y, community: map.community, communities: map.communities, regions: [], box: map.box, axis: [],
});

/** Stands in until the real one is here. */
export const egoPlaces = () => null;
