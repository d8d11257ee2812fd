import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.interceptor.CapturingInterceptor;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/** Reads a FHIR directory with the HAPI client, and holds all that it answers to the HL7 validator. */
class Conformance {
  private final IGenericClient client;
  private final CapturingInterceptor captured = new CapturingInterceptor();
  private final FhirValidator validator;
  private final boolean profiles;
  private final Map<String, Integer> errors = new TreeMap<>();

  /** Arguments: the address of the server, and where there is one a folder of profiles in XML. */
  public static void main(String[] arguments) throws IOException {
    var conformance = new Conformance(arguments[0], arguments.length > 1 ? arguments[1] : null);
    conformance.run();
    conformance.errors.forEach((error, times) -> System.out.println(times + " × " + error));
    System.out.println(conformance.errors.isEmpty() ? "No errors." : "There are errors.");
    System.exit(conformance.errors.isEmpty() ? 0 : 1);
  }

  Conformance(String base, String folder) throws IOException {
    var context = FhirContext.forR4();
    context.setParserErrorHandler(new StrictErrorHandler());
    context.getRestfulClientFactory().setSocketTimeout(60_000);
    client = context.newRestfulGenericClient(base);
    client.registerInterceptor(captured);
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

  void run() throws IOException {
    var statement = client.capabilities().ofType(CapabilityStatement.class).execute();
    validate("metadata", null);
    for (var resource : statement.getRestFirstRep().getResource()) {
      if (resource.getSearchParam().isEmpty()) {
        continue;
      }
      everything(resource);
    }
    operation(statement);
    refusals();
  }

  /** Every page of a type, and its first resource alone, against the profile too if that is known. */
  void everything(CapabilityStatementRestResourceComponent resource) throws IOException {
    String type = resource.getType();
    Bundle page = client.search().forResource(type).count(100).returnBundle(Bundle.class).execute();
    int seen = 0;
    while (true) {
      validate(type, null);
      for (var entry : page.getEntry()) {
        if (entry.getSearch().getMode() != Bundle.SearchEntryMode.MATCH) {
          continue;
        }
        if (seen++ == 0) {
          client.read().resource(type).withId(entry.getResource().getIdElement().getIdPart()).execute();
          validate(type + " by its id", profiles && resource.hasSupportedProfile()
              ? resource.getSupportedProfile().get(0).getValue() : null);
        }
      }
      if (page.getLink(Bundle.LINK_NEXT) == null) {
        break;
      }
      page = client.loadPage().next(page).execute();
    }
    System.out.println(seen + " × " + type);
  }

  void operation(CapabilityStatement statement) throws IOException {
    var options = client.operation().onType("HealthcareService").named("$find-referral-options")
        .withParameter(Parameters.class, "postcode", new StringType("CV21"))
        .andParameter("need", new Coding().setCode("minor-injury"))
        .andParameter("count", new IntegerType(5))
        .returnResourceType(Bundle.class).execute();
    validate("$find-referral-options", null);
    if (options.getEntryFirstRep().getSearch().getScore().intValue() != 1) {
      error("$find-referral-options does not begin with a score of 1");
    }
    client.read().resource(OperationDefinition.class)
        .withId("HealthcareService-find-referral-options").execute();
    validate("OperationDefinition", null);
  }

  void refusals() throws IOException {
    try {
      client.read().resource("Organization").withId("nobody-has-this-id").execute();
      error("what is not there was read");
    } catch (ResourceNotFoundException expected) {
      validate("not found", null);
    }
    try {
      client.search().byUrl("Organization?colour=red").returnBundle(Bundle.class).execute();
      error("an unknown parameter was taken");
    } catch (InvalidRequestException expected) {
      validate("refused", null);
    }
  }

  /** Holds what the client got last to the validator. */
  void validate(String what, String profile) throws IOException {
    var text = new StringWriter();
    try (Reader body = captured.getLastResponse().createReader()) {
      body.transferTo(text);
    }
    var options = new ValidationOptions();
    if (profile != null) {
      options.addProfile(profile);
    }
    for (SingleValidationMessage each : validator.validateWithResult(text.toString(), options).getMessages()) {
      if (List.of(ResultSeverityEnum.ERROR, ResultSeverityEnum.FATAL).contains(each.getSeverity())) {
        error(what + ": " + each.getLocationString() + " " + each.getMessage());
      }
    }
  }

  void error(String words) {
    errors.merge(words, 1, Integer::sum);
  }
}
