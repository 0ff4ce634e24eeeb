package shop.notification;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What relay serve loads the shop from: classes and libraries behind Relay's own class path. */
class ProviderLibrariesTest {
  /** What Relay has itself; everything else must lie in {@code target/lib}. */
  private static final List<String> RELAYS =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "org.xml.",
          "org.w3c.",
          "dev.relay.",
          "tools.jackson.",
          "com.fasterxml.jackson.annotation.",
          "org.slf4j.",
          "org.jspecify.");

  @RegisterExtension
  static final WireMockExtension PROVIDER =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  @Test
  void all_that_the_sdks_need_is_there() throws Exception {
    PROVIDER.stubFor(
        post(urlPathMatching("/.*")).willReturn(aResponse().withStatus(201).withBody("{}")));
    Map<String, String> environment =
        Map.of(
            "SENDGRID_API_KEY", "SG.x",
            "SENDGRID_API_BASE", PROVIDER.baseUrl(),
            "TWILIO_ACCOUNT_SID", "AC1",
            "TWILIO_AUTH_TOKEN", "token",
            "TWILIO_API_BASE", PROVIDER.baseUrl());

    try (URLClassLoader shop = shop()) {
      Object providers = providers(shop, environment);
      send(shop, providers, "email", "ann@example.com");
      send(shop, providers, "sms", "+41791234567");
    }

    assertThat(PROVIDER.getAllServeEvents()).hasSize(2);
  }

  @Test
  void all_that_mixpanel_needs_is_there() throws Exception {
    PROVIDER.stubFor(post(urlPathMatching("/import")).willReturn(aResponse().withBody("1")));

    try (URLClassLoader shop = shop()) {
      Map<String, String> environment =
          Map.of("MIXPANEL_TOKEN", "token", "MIXPANEL_API_BASE", PROVIDER.baseUrl());
      Object forwarder = made(shop, "shop.analytics.Forwarders", environment);
      Object event =
          opened(shop.loadClass("shop.analytics.Forwarder$Happened").getDeclaredConstructors()[0])
              .newInstance("m1", "PAID", "u1", Instant.now(), Map.of());
      opened(forwarder.getClass().getDeclaredMethod("forward", String.class, List.class))
          .invoke(forwarder, "b1", List.of(event));
    }

    assertThat(PROVIDER.getAllServeEvents()).hasSize(1);
  }

  @Test
  void no_class_of_an_sdk_is_loaded_unless_its_key_is_set() throws Exception {
    try (URLClassLoader shop = shop()) {
      providers(shop, Map.of());
      shop.loadClass("shop.notification.NotificationActor").getConstructor().newInstance();
      shop.loadClass("shop.notification.SendGridWebhook").getConstructor().newInstance();
      shop.loadClass("shop.notification.TwilioWebhook").getConstructor().newInstance();
      shop.loadClass("shop.analytics.AnalyticsActor").getConstructor().newInstance();
      shop.loadClass("shop.payment.PaymentActor").getConstructor().newInstance();
      shop.loadClass("shop.payment.StripeWebhook").getConstructor().newInstance();
    }

    assertThat(asked)
        .isNotEmpty()
        .noneMatch(name -> name.matches("com\\.(sendgrid|twilio|stripe|mixpanel)\\..*"));
  }

  private static Object providers(ClassLoader shop, Map<String, String> environment)
      throws ReflectiveOperationException {
    return made(shop, "shop.notification.Providers", environment);
  }

  /** As a package-private factory makes it. */
  private static Object made(ClassLoader shop, String type, Map<String, String> environment)
      throws ReflectiveOperationException {
    return opened(shop.loadClass(type).getDeclaredMethod("of", Map.class))
        .invoke(null, environment);
  }

  private static <T extends AccessibleObject> T opened(T member) {
    member.setAccessible(true);
    return member;
  }

  private static void send(ClassLoader shop, Object providers, String channel, String to)
      throws ReflectiveOperationException {
    Object message =
        shop.loadClass("shop.notification.Outgoing")
            .getConstructors()[0]
            .newInstance("id", "u1", "welcome", "m1", to, "Hello", "Hello");
    Method port = providers.getClass().getMethod(channel);
    port.getReturnType()
        .getMethod("send", message.getClass())
        .invoke(port.invoke(providers), message);
  }

  private URLClassLoader shop() throws Exception {
    List<URL> urls = new ArrayList<>();
    urls.add(url(Path.of("target/classes")));
    try (Stream<Path> jars = Files.list(Path.of("target/lib"))) {
      jars.forEach(jar -> urls.add(url(jar)));
    }
    return new URLClassLoader(urls.toArray(new URL[0]), new RelaysOwn(getClass().getClassLoader()));
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Hides what only the tests have. */
  private final class RelaysOwn extends ClassLoader {
    RelaysOwn(ClassLoader all) {
      super(all);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      asked.add(name);
      if (RELAYS.stream().noneMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
