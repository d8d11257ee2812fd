import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** Reads a directory of services by FHIR, with the generic client of HAPI: java Consumer [address]. */
public class Consumer {
  private static final String ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code";
  private static final String VERDICT = "urn:signpost:verdict";
  private static final String DISTANCE =
      "http://hl7.org/fhir/StructureDefinition/location-distance";
  private static final int SECONDS = 35; // the directory gives up after 30

  private final IGenericClient client;

  public static void main(String[] arguments) {
    String address = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8000/fhir";
    var consumer = new Consumer(address);
    consumer.whatThereIs();
    consumer.servicesNear("52.3708|-1.2650|10|km");
    consumer.servicesOfProvider("RKB");
    consumer.referralOptions();
    consumer.everything();
    consumer.whatIsRefused();
  }

  Consumer(String address) {
    var context = FhirContext.forR4(); // takes a second: one for a program
    context.getRestfulClientFactory().setSocketTimeout(SECONDS * 1000);
    client = context.newRestfulGenericClient(address);
  }

  /** The CapabilityStatement: ask it what a server can do, instead of trying. */
  void whatThereIs() {
    System.out.println("What there is");
    for (var type : searchable()) {
      List<String> names = type.getSearchParam().stream().map(each -> each.getName()).toList();
      System.out.println("  " + type.getType() + " by " + String.join(", ", names));
    }
  }

  /** The services around a point, nearest first, each with its provider and place in the same answer. */
  void servicesNear(String point) {
    Bundle found = client.search().forResource(HealthcareService.class)
        .whereMap(Map.of("location.near", List.of(point)))
        .include(HealthcareService.INCLUDE_ORGANIZATION)
        .include(HealthcareService.INCLUDE_LOCATION)
        .count(5)
        .returnBundle(Bundle.class).execute();
    System.out.println("\nServices near " + point);
    say(found);
    for (var entry : matches(found)) {
      var service = (HealthcareService) entry.getResource();
      // HAPI puts what was included into the references to it.
      var provider = (Organization) service.getProvidedBy().getResource();
      System.out.println("  " + kilometres(entry) + service.getName()
          + (provider == null ? "" : ", by " + provider.getName()));
      for (Reference reference : service.getLocation()) {
        var place = (Location) reference.getResource();
        System.out.println("    at " + place.getName() + ", " + place.getAddress().getPostalCode());
      }
    }
  }

  /** The services that an organisation provides, by its ODS code, as NHS England's own directory is asked. */
  void servicesOfProvider(String odsCode) {
    Bundle found = client.search().forResource(HealthcareService.class)
        .where(HealthcareService.ORGANIZATION.hasChainedProperty(
            Organization.IDENTIFIER.exactly().systemAndIdentifier(ODS_CODE, odsCode)))
        .returnBundle(Bundle.class).execute();
    System.out.println("\nServices of " + odsCode);
    for (var entry : matches(found)) {
      System.out.println("  " + ((HealthcareService) entry.getResource()).getName());
    }
  }

  /** Who can help somebody of 82 in Rugby, on a Saturday at ten at night, when the surgeries are closed. */
  void referralOptions() {
    Bundle found = client.operation().onType(HealthcareService.class)
        .named("$find-referral-options")
        .withParameter(Parameters.class, "postcode", new StringType("CV21"))
        .andParameter("need", new Coding().setCode("gp-out-of-hours"))
        .andParameter("age", new Quantity(82).setCode("a"))
        .andParameter("at", new DateTimeType("2016-12-03T22:00:00Z"))
        .andParameter("count", new IntegerType(3))
        .returnResourceType(Bundle.class).execute();
    System.out.println("\nReferral options");
    say(found);
    for (var entry : matches(found)) {
      var service = (HealthcareService) entry.getResource();
      System.out.println("  " + kilometres(entry) + service.getName());
      String itself = "Bundle.entry[" + found.getEntry().indexOf(entry) + "]";
      issues(found)
          .filter(issue -> issue.hasExpression(itself))
          .filter(issue -> verdict(issue).equals("UNKNOWN"))
          .forEach(issue -> System.out.println("    Not known: " + words(issue)));
    }
  }

  /** All that there is, page by page: each page says where the next one is. */
  void everything() {
    System.out.println("\nEverything");
    for (var type : searchable()) {
      Bundle page = client.search().forResource(type.getType())
          .count(100)
          .totalMode(SearchTotalModeEnum.ACCURATE)
          .returnBundle(Bundle.class).execute();
      int read = matches(page).size();
      while (page.getLink(Bundle.LINK_NEXT) != null) {
        page = client.loadPage().next(page).execute();
        read += matches(page).size();
      }
      System.out.println("  " + type.getType() + ": "
          + (read == page.getTotal() ? "all of them" : read + " of " + page.getTotal()));
    }
  }

  /** What cannot be answered is an exception that holds the directory's own words. */
  void whatIsRefused() {
    System.out.println("\nRefused");
    try {
      client.search().byUrl("Location?near=Rugby").returnBundle(Bundle.class).execute();
    } catch (BaseServerResponseException refused) {
      var outcome = (OperationOutcome) refused.getOperationOutcome();
      System.out.println("  " + refused.getStatusCode() + ": " + words(outcome.getIssueFirstRep()));
    }
  }

  /** The types of resource that can be searched. */
  List<CapabilityStatementRestResourceComponent> searchable() {
    return client.capabilities().ofType(CapabilityStatement.class).execute()
        .getRestFirstRep().getResource().stream()
        .filter(each -> each.hasSearchParam()).toList();
  }

  /** What must be said before anything else: that the directory is historical, and what to do in an emergency. */
  static void say(Bundle found) {
    issues(found)
        .filter(issue -> issue.getSeverity() == OperationOutcome.IssueSeverity.WARNING)
        .forEach(issue -> System.out.println("  ! " + words(issue)));
  }

  static List<BundleEntryComponent> matches(Bundle bundle) {
    return bundle.getEntry().stream()
        .filter(each -> each.getSearch().getMode() == SearchEntryMode.MATCH).toList();
  }

  /** The issues of the entry with the mode `outcome`. */
  static Stream<OperationOutcomeIssueComponent> issues(Bundle bundle) {
    return bundle.getEntry().stream()
        .filter(each -> each.getSearch().getMode() == SearchEntryMode.OUTCOME)
        .map(each -> (OperationOutcome) each.getResource())
        .flatMap(outcome -> outcome.getIssue().stream());
  }

  static String words(OperationOutcomeIssueComponent issue) {
    return issue.getDetails().getText();
  }

  /** PASS, FAIL or UNKNOWN; nothing where the issue is about no criterion. */
  static String verdict(OperationOutcomeIssueComponent issue) {
    return issue.getDetails().getCoding().stream()
        .filter(each -> VERDICT.equals(each.getSystem()))
        .map(Coding::getCode).findFirst().orElse("");
  }

  /** How far a match is, where the directory says so. */
  static String kilometres(BundleEntryComponent entry) {
    return Optional.ofNullable(entry.getSearch().getExtensionByUrl(DISTANCE))
        .map(each -> ((Quantity) each.getValue()).getValue().toPlainString() + " km: ").orElse("");
  }
}
