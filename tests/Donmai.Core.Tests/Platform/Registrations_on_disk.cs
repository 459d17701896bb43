using System.Buffers.Text;
using System.Text;
using Donmai.Core.Daemon;
using Donmai.Core.Platform;
using Microsoft.Extensions.Logging.Abstractions;

namespace Donmai.Core.Tests.Platform;

public sealed class Registrations_on_disk : IDisposable
{
    private readonly DirectoryInfo _disk = Directory.CreateTempSubdirectory("donmai-registration-");

    private StateDirectory State => new(_disk.FullName);

    private RegistrationCache Cache => new(State, TimeProvider.System, NullLogger<RegistrationCache>.Instance);

    [Fact, Trait("spec", "PA-5")]
    public void A_file_of_former_names_is_read_with_its_seconds_made_milliseconds()
    {
        File.WriteAllText(
            State.Registration,
            """{"workerId":"wkr_old","runtimeJwt":"tok","heartbeatIntervalSeconds":30,"pollIntervalSeconds":5,"cachedAt":"2026-01-02T03:04:05Z"}""");

        var read = Cache.Load()!;

        (read.WorkerId, read.RuntimeToken, read.HeartbeatInterval, read.PollInterval).ShouldBe(("wkr_old", "tok", 30_000, 5_000));
    }

    [Theory, Trait("spec", "PA-5")]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"workerId\":5}")]
    [InlineData("{\"workerId\":\"wkr_1\"}")]
    [InlineData("{\"runtimeToken\":\"tok\"}")]
    [InlineData("{\"workerId\":\"\",\"runtimeToken\":\"tok\"}")]
    public void A_file_that_is_broken_or_lacks_id_or_token_is_as_good_as_none(string text)
    {
        File.WriteAllText(State.Registration, text);

        Cache.Load().ShouldBeNull();
    }

    [Fact, Trait("spec", "PA-5")]
    public void No_file_is_no_registration() => Cache.Load().ShouldBeNull();

    [Theory, Trait("spec", "PA-8")]
    [InlineData("DONMAI_DAEMON_FORCE_STUB", "1", true)]
    [InlineData("DONMAI_DAEMON_FORCE_STUB", "yes", true)]
    [InlineData("RENSEI_DAEMON_FORCE_STUB", "x", true)]
    [InlineData("DONMAI_DAEMON_FORCE_STUB", "0", false)]
    [InlineData("DONMAI_DAEMON_FORCE_STUB", "False", false)]
    [InlineData("DONMAI_DAEMON_FORCE_STUB", " off ", false)]
    [InlineData("DONMAI_DAEMON_FORCE_STUB", "no", false)]
    [InlineData("DONMAI_DAEMON_FORCE_STUB", "  ", false)]
    [InlineData("DONMAI_DAEMON_FORCE_STUB", "", false)]
    [InlineData("RENSEI_DAEMON_REAL_REGISTRATION", "0", true)]
    [InlineData("DONMAI_DAEMON_REAL_REGISTRATION", "no", true)]
    [InlineData("DONMAI_DAEMON_REAL_REGISTRATION", "1", false)]
    public void The_environment_forces_a_stub_or_does_not(string variable, string value, bool forced) =>
        PlatformTarget.IsStubForced(new DaemonVariables(name => name == variable ? value : null)).ShouldBe(forced);

    [Fact, Trait("spec", "PA-39")]
    public void The_token_of_a_stub_says_whose_it_is_and_that_it_is_none()
    {
        var target = new PlatformTarget { Mode = PlatformMode.Stub, MachineId = "box" };

        var credentials = StubRegistration.For(target, "box.local", DateTimeOffset.FromUnixTimeSeconds(1779096600)).Credentials;

        (credentials.WorkerId, credentials.IsStub, credentials.HeartbeatIntervalMs, credentials.PollIntervalMs).ShouldBe(("worker-box.local-stub", true, 30_000, 10_000));
        var parts = credentials.RuntimeToken.Split('.');
        (parts.Length, parts[0], parts[1], parts[3]).ShouldBe((4, "stub", "eyJhbGciOiJzdHViIiwidHlwIjoiSldUIn0", "stub-signature"));
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[2]))
            .ShouldBe("""{"hostname":"box.local","iat":1779096600,"iss":"rensei-daemon-stub","stub":true,"sub":"worker-box.local-stub"}""");
    }

    public void Dispose() => _disk.Delete(recursive: true);
}
