// Constraints and indexes. Every statement may run again on a directory that has it.
// Neo4j Community constrains uniqueness only; seed/verify.py holds the rest (ADR 7).

// One node for each key.
CREATE CONSTRAINT directory_key IF NOT EXISTS
FOR (directory:Directory) REQUIRE directory.key IS UNIQUE;
CREATE CONSTRAINT migration_name IF NOT EXISTS
FOR (migration:Migration) REQUIRE migration.name IS UNIQUE;
CREATE CONSTRAINT source_slug IF NOT EXISTS
FOR (source:Source) REQUIRE source.slug IS UNIQUE;
CREATE CONSTRAINT table_slug IF NOT EXISTS
FOR (table:Table) REQUIRE table.slug IS UNIQUE;
CREATE CONSTRAINT organisation_slug IF NOT EXISTS
FOR (organisation:Organisation) REQUIRE organisation.slug IS UNIQUE;
CREATE CONSTRAINT organisation_ods_code IF NOT EXISTS
FOR (organisation:Organisation) REQUIRE organisation.ods_code IS UNIQUE;
CREATE CONSTRAINT area_code IF NOT EXISTS
FOR (area:Area) REQUIRE area.code IS UNIQUE;
CREATE CONSTRAINT postcode_code IF NOT EXISTS
FOR (postcode:Postcode) REQUIRE (postcode.generation, postcode.code) IS UNIQUE;
CREATE CONSTRAINT postcode_file_generation IF NOT EXISTS
FOR (file:PostcodeFile) REQUIRE file.generation IS UNIQUE;
CREATE CONSTRAINT place_slug IF NOT EXISTS
FOR (place:Place) REQUIRE place.slug IS UNIQUE;
CREATE CONSTRAINT location_slug IF NOT EXISTS
FOR (location:Location) REQUIRE location.slug IS UNIQUE;
CREATE CONSTRAINT service_type_code IF NOT EXISTS
FOR (type:ServiceType) REQUIRE type.code IS UNIQUE;
CREATE CONSTRAINT need_code IF NOT EXISTS
FOR (need:Need) REQUIRE need.code IS UNIQUE;
CREATE CONSTRAINT dos_code_key IF NOT EXISTS
FOR (code:DosCode) REQUIRE code.key IS UNIQUE;
CREATE CONSTRAINT search_distance_code IF NOT EXISTS
FOR (distance:SearchDistance) REQUIRE distance.code IS UNIQUE;
CREATE CONSTRAINT referrer_role_code IF NOT EXISTS
FOR (role:ReferrerRole) REQUIRE role.code IS UNIQUE;
CREATE CONSTRAINT service_slug IF NOT EXISTS
FOR (service:Service) REQUIRE service.slug IS UNIQUE;
CREATE CONSTRAINT service_number IF NOT EXISTS
FOR (service:Service) REQUIRE service.number IS UNIQUE;
CREATE CONSTRAINT endpoint_slug IF NOT EXISTS
FOR (endpoint:Endpoint) REQUIRE endpoint.slug IS UNIQUE;
CREATE CONSTRAINT contract_slug IF NOT EXISTS
FOR (contract:Contract) REQUIRE contract.slug IS UNIQUE;
CREATE CONSTRAINT alliance_slug IF NOT EXISTS
FOR (alliance:Alliance) REQUIRE alliance.slug IS UNIQUE;
CREATE CONSTRAINT programme_slug IF NOT EXISTS
FOR (programme:Programme) REQUIRE programme.slug IS UNIQUE;
CREATE CONSTRAINT care_model_slug IF NOT EXISTS
FOR (model:CareModel) REQUIRE model.slug IS UNIQUE;
CREATE CONSTRAINT site_slug IF NOT EXISTS
FOR (site:Site) REQUIRE site.slug IS UNIQUE;
CREATE CONSTRAINT milestone_slug IF NOT EXISTS
FOR (milestone:Milestone) REQUIRE milestone.slug IS UNIQUE;
CREATE CONSTRAINT pathway_slug_version IF NOT EXISTS
FOR (pathway:Pathway) REQUIRE (pathway.slug, pathway.version) IS UNIQUE;

// Nodes that have no name of their own beyond the node that they hang from.
CREATE CONSTRAINT step_key IF NOT EXISTS
FOR (step:Step) REQUIRE step.key IS UNIQUE;
CREATE CONSTRAINT local_step_key IF NOT EXISTS
FOR (step:LocalStep) REQUIRE step.key IS UNIQUE;
CREATE CONSTRAINT entry_criterion_key IF NOT EXISTS
FOR (criterion:EntryCriterion) REQUIRE criterion.key IS UNIQUE;
CREATE CONSTRAINT indicator_key IF NOT EXISTS
FOR (indicator:Indicator) REQUIRE indicator.key IS UNIQUE;
CREATE CONSTRAINT post_key IF NOT EXISTS
FOR (post:Post) REQUIRE post.key IS UNIQUE;
CREATE CONSTRAINT ledger_key IF NOT EXISTS
FOR (ledger:Ledger) REQUIRE ledger.key IS UNIQUE;
CREATE CONSTRAINT earlier_state_key IF NOT EXISTS
FOR (state:EarlierState) REQUIRE state.key IS UNIQUE;

// Ways in other than the key.
CREATE INDEX organisation_kind IF NOT EXISTS
FOR (organisation:Organisation) ON (organisation.kind);
CREATE INDEX service_ods_code IF NOT EXISTS FOR (service:Service) ON (service.ods_code);
CREATE INDEX contract_status IF NOT EXISTS FOR (contract:Contract) ON (contract.status);

// Where things are.
CREATE POINT INDEX location_point IF NOT EXISTS
FOR (location:Location) ON (location.point);
CREATE POINT INDEX area_point IF NOT EXISTS FOR (area:Area) ON (area.point);
CREATE POINT INDEX postcode_point IF NOT EXISTS
FOR (postcode:Postcode) ON (postcode.point);
CREATE POINT INDEX place_point IF NOT EXISTS FOR (place:Place) ON (place.point);

// Need, or type of service, and place in one index (graph_model/reach.py). The extents make the
// number count before the map, and a tile of the index an eighth of a degree: with finer tiles
// a box is cut into so many that a look takes ten times as long (ADR 19).
CREATE POINT INDEX meets_cell IF NOT EXISTS FOR ()-[meets:MEETS]-() ON (meets.cell)
OPTIONS {indexConfig: {
  `spatial.cartesian-3d.min`: [-65536.0, -65536.0, 0.0],
  `spatial.cartesian-3d.max`: [65536.0, 65536.0, 2048.0]
}};
CREATE POINT INDEX of_type_cell IF NOT EXISTS FOR ()-[of_type:OF_TYPE]-() ON (of_type.cell)
OPTIONS {indexConfig: {
  `spatial.cartesian-3d.min`: [-65536.0, -65536.0, 0.0],
  `spatial.cartesian-3d.max`: [65536.0, 65536.0, 2048.0]
}};
CREATE POINT INDEX meets_based IF NOT EXISTS FOR ()-[meets:MEETS]-() ON (meets.based)
OPTIONS {indexConfig: {
  `spatial.cartesian-3d.min`: [-65536.0, -65536.0, 0.0],
  `spatial.cartesian-3d.max`: [65536.0, 65536.0, 2048.0]
}};
CREATE POINT INDEX of_type_based IF NOT EXISTS FOR ()-[of_type:OF_TYPE]-() ON (of_type.based)
OPTIONS {indexConfig: {
  `spatial.cartesian-3d.min`: [-65536.0, -65536.0, 0.0],
  `spatial.cartesian-3d.max`: [65536.0, 65536.0, 2048.0]
}};
CREATE POINT INDEX meets_in_cell IF NOT EXISTS
FOR ()-[meets_in:MEETS_IN]-() ON (meets_in.cell)
OPTIONS {indexConfig: {
  `spatial.cartesian-3d.min`: [-65536.0, -65536.0, 0.0],
  `spatial.cartesian-3d.max`: [65536.0, 65536.0, 2048.0]
}};
DROP INDEX meets_in_key IF EXISTS;
CREATE INDEX meets_in_number IF NOT EXISTS
FOR ()-[meets_in:MEETS_IN]-() ON (meets_in.number);

// Words, by their English stems: "falling" finds "fall".
CREATE FULLTEXT INDEX needs_by_words IF NOT EXISTS
FOR (need:Need) ON EACH [need.name, need.synonyms]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}};
CREATE FULLTEXT INDEX services_by_words IF NOT EXISTS
FOR (service:Service) ON EACH [service.name]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}};
CREATE FULLTEXT INDEX organisations_by_words IF NOT EXISTS
FOR (organisation:Organisation) ON EACH [organisation.name, organisation.aliases]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}};
// A range index knows a list as a whole, this one each of its keys (graph_model/names.py).
CREATE FULLTEXT INDEX places_by_name_key IF NOT EXISTS
FOR (place:Place) ON EACH [place.name_keys]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}};
// Of a list as well: for the patients of which practices a service is.
CREATE FULLTEXT INDEX services_by_gp_practice IF NOT EXISTS
FOR (service:Service) ON EACH [service.gp_practices]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}};
// By what other systems call a service.
CREATE FULLTEXT INDEX services_by_identifier IF NOT EXISTS
FOR (service:Service) ON EACH [service.identifier_values]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}};
