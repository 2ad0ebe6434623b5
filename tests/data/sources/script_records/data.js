window.TEA_META={"title":"Papers on tea","updated":"2026-01-02"};
window.TEA_PAPERS=[{"id":1,"title":"Why kettles sing","authors":"Ida Teapot, Bo Pot +2","year":2021},
{"id":2,"title":"Lids","authors":"Eve Fox","year":2022,"url":"https://arxiv.org/abs/2101.00001"}];
