import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.model.api.Include;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.api.SearchStyleEnum;
import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.interceptor.CapturingInterceptor;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * Reads FHIR directories with the client of HAPI, and holds all that they answer to the validator of HL7.
 *
 * Arguments: the addresses of servers; after `--profiles`, a folder of profiles in XML.
 */
class Conformance {
  private static final String DISTANCE =
      "http://hl7.org/fhir/StructureDefinition/location-distance";

  private final FhirContext context = FhirContext.forR4();
  private final ObjectMapper json = new ObjectMapper();
  private final FhirValidator validator;
  private final boolean profiles;
  private final Map<String, Integer> errors = new TreeMap<>();

  public static void main(String[] arguments) throws IOException {
    var servers = new ArrayList<>(List.of(arguments));
    int option = servers.indexOf("--profiles");
    String folder = option < 0 ? null : servers.remove(option + 1);
    servers.remove("--profiles");
    var conformance = new Conformance(folder);
    for (String server : servers) {
      System.out.println("Reading " + server);
      conformance.new Server(server).check();
    }
    conformance.errors.forEach((error, times) -> System.out.println(times + " × " + error));
    System.out.println(conformance.errors.isEmpty() ? "No errors." : "There are errors.");
    System.exit(conformance.errors.isEmpty() ? 0 : 1);
  }

  Conformance(String folder) throws IOException {
    context.setParserErrorHandler(new StrictErrorHandler());
    context.getRestfulClientFactory().setSocketTimeout(60_000);
    profiles = folder != null;
    var known = new PrePopulatedValidationSupport(context);
    if (profiles) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".xml")).toList()) {
          known.addResource(context.newXmlParser().parseResource(Files.readString(file)));
        }
      }
    }
    var support = new ValidationSupportChain(
        new DefaultProfileValidationSupport(context),
        known,
        new CommonCodeSystemsTerminologyService(context),
        new InMemoryTerminologyServerValidationSupport(context),
        new SnapshotGeneratingValidationSupport(context));
    var instances = new FhirInstanceValidator(support);
    instances.setAnyExtensionsAllowed(false);
    validator = context.newValidator().registerValidatorModule(instances);
  }

  /** What one server answers. */
  class Server {
    private final IGenericClient client;
    private final CapturingInterceptor captured = new CapturingInterceptor();
    private final Set<String> there = new HashSet<>();
    private final Set<String> referredTo = new HashSet<>();

    Server(String address) {
      client = context.newRestfulGenericClient(address);
      client.registerInterceptor(captured);
    }

    void check() throws IOException {
      var statement = client.capabilities().ofType(CapabilityStatement.class).execute();
      validate("metadata");
      for (var type : statement.getRestFirstRep().getResource()) {
        if (type.hasSearchParam()) {
          everything(type);
          postedSearch(type);
        }
      }
      referredTo.removeAll(there);
      referredTo.forEach(each -> error(each + " is referred to and not there"));
      near();
      refusals();
    }

    /** Every page of a type; the first resource of each page by its id as well. */
    void everything(CapabilityStatementRestResourceComponent type) throws IOException {
      String name = type.getType();
      Bundle page = client.search().forResource(name).count(100)
          .totalMode(SearchTotalModeEnum.ACCURATE).returnBundle(Bundle.class).execute();
      int total = page.getTotal();
      int seen = 0;
      while (true) {
        validate(name);
        if (profiles && type.hasSupportedProfile()) {
          validateEach(name, type.getSupportedProfile().get(0).getValue());
        }
        List<Bundle.BundleEntryComponent> matches = matches(page);
        for (var entry : matches) {
          seen += there.add(name + "/" + entry.getResource().getIdElement().getIdPart()) ? 1 : 0;
          for (var each : context.newTerser()
              .getAllPopulatedChildElementsOfType(entry.getResource(), Reference.class)) {
            if (each.hasReference()) {
              referredTo.add(each.getReferenceElement().toUnqualifiedVersionless().getValue());
            }
          }
        }
        if (!matches.isEmpty()) {
          String id = matches.get(0).getResource().getIdElement().getIdPart();
          client.read().resource(name).withId(id).execute();
          validate(name + " by its id");
        }
        if (page.getLink(Bundle.LINK_NEXT) == null) {
          break;
        }
        page = client.loadPage().next(page).execute();
      }
      System.out.println("  " + seen + " × " + name);
      if (seen != total) {
        error(name + ": the pages gave " + seen + " of " + total);
      }
    }

    /** A form and `GET …/_search` find what an address finds, with all that can come along. */
    void postedSearch(CapabilityStatementRestResourceComponent type) throws IOException {
      Set<String> found = new HashSet<>();
      for (var style : SearchStyleEnum.values()) {
        var search = client.search().forResource(type.getType()).count(10).usingStyle(style)
            .returnBundle(Bundle.class);
        type.getSearchInclude().forEach(
            each -> search.include(new Include(each.getValue())));
        type.getSearchRevInclude().forEach(
            each -> search.revInclude(new Include(each.getValue())));
        Bundle page = search.execute();
        if (found.isEmpty()) {
          validate(type.getType() + " with what comes along");
        }
        found.add(page.getEntry().stream().map(Bundle.BundleEntryComponent::getFullUrl).toList().toString());
      }
      if (found.size() != 1) {
        error(type.getType() + " is found differently by address and by form");
      }
    }

    /** Services around a place, nearest first, and who of them the directory would refer somebody to. */
    void near() throws IOException {
      var service = firstWithPlaceAndNeed();
      var place = (Location) service.getLocationFirstRep().getResource();
      String point = place.getPosition().getLatitude() + "|" + place.getPosition().getLongitude();
      Bundle found = client.search().forResource(HealthcareService.class)
          .whereMap(Map.of("location.near", List.of(point + "|10|km")))
          .returnBundle(Bundle.class).execute();
      validate("near");
      List<BigDecimal> distances = matches(found).stream()
          .map(each -> ((Quantity) each.getSearch().getExtensionByUrl(DISTANCE).getValue()).getValue())
          .toList();
      if (distances.isEmpty() || !distances.equals(distances.stream().sorted().toList())) {
        error("near is not in order of distance: " + distances);
      }
      var options = client.operation().onType("HealthcareService").named("$find-referral-options")
          .withParameter(Parameters.class, "near", new StringType(point))
          .andParameter("need", service.getCharacteristicFirstRep().getCodingFirstRep())
          .andParameter("count", new IntegerType(5))
          .returnResourceType(Bundle.class).execute();
      validate("$find-referral-options");
      if (matches(options).isEmpty()
          || matches(options).get(0).getSearch().getScore().intValue() != 1) {
        error("$find-referral-options does not begin with a score of 1");
      }
      client.read().resource(OperationDefinition.class)
          .withId("HealthcareService-find-referral-options").execute();
      validate("OperationDefinition");
    }

    /** A service of which the directory says where it is and what it is for. */
    HealthcareService firstWithPlaceAndNeed() {
      return client.search().forResource(HealthcareService.class).count(100)
          .include(HealthcareService.INCLUDE_LOCATION)
          .returnBundle(Bundle.class).execute().getEntry().stream()
          .filter(each -> each.getResource() instanceof HealthcareService)
          .map(each -> (HealthcareService) each.getResource())
          .filter(each -> each.hasCharacteristic()
              && each.getLocationFirstRep().getResource() instanceof Location place
              && place.hasPosition())
          .findFirst().orElseThrow();
    }

    void refusals() throws IOException {
      try {
        client.read().resource("Organization").withId("nobody-has-this-id").execute();
        error("what is not there was read");
      } catch (ResourceNotFoundException expected) {
        validate("not found");
      }
      try {
        client.search().byUrl("Organization?colour=red").returnBundle(Bundle.class).execute();
        error("an unknown parameter was taken");
      } catch (InvalidRequestException expected) {
        validate("refused");
      }
    }

    /** Holds what the client got last to the validator. */
    void validate(String what) throws IOException {
      Conformance.this.validate(what, lastAnswer(), new ValidationOptions());
    }

    /** Holds each resource that the client got last to a profile. */
    void validateEach(String what, String profile) throws IOException {
      for (JsonNode entry : json.readTree(lastAnswer()).path("entry")) {
        JsonNode resource = entry.path("resource");
        if (resource.path("resourceType").asText().equals(what)) {
          Conformance.this.validate(
              what + ", " + profile, resource.toString(), new ValidationOptions().addProfile(profile));
        }
      }
    }

    String lastAnswer() throws IOException {
      var text = new StringWriter();
      try (Reader body = captured.getLastResponse().createReader()) {
        body.transferTo(text);
      }
      return text.toString();
    }
  }

  static List<Bundle.BundleEntryComponent> matches(Bundle page) {
    return page.getEntry().stream()
        .filter(each -> each.getSearch().getMode() == Bundle.SearchEntryMode.MATCH).toList();
  }

  void validate(String what, String resource, ValidationOptions options) {
    for (SingleValidationMessage each : validator.validateWithResult(resource, options).getMessages()) {
      if (List.of(ResultSeverityEnum.ERROR, ResultSeverityEnum.FATAL).contains(each.getSeverity())) {
        error(what + ": " + each.getLocationString() + " " + each.getMessage());
      }
    }
  }

  void error(String words) {
    errors.merge(words, 1, Integer::sum);
  }
}
