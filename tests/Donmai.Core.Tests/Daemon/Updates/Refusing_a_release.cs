using System.Text;
using Donmai.Core.Daemon.Updates;

namespace Donmai.Core.Tests.Daemon.Updates;

public sealed class Refusing_a_release
{
    private const string Latest = "/cdn/stable/latest.json";

    [Fact, Trait("spec", "DR-51")]
    public async Task The_verifier_of_a_program_that_knows_no_signers_refuses_everything()
    {
        await using var bed = new UpdateBed { Verifier = new RefusingVerifier() };

        (await bed.Update()).Reason.ShouldBe("sig-rejected: this version cannot verify signatures of releases, so it installs none");

        bed.ShouldBeUntouched();
    }

    [Fact, Trait("spec", "DR-51")]
    public async Task Who_is_not_trusted_and_what_cannot_be_checked_is_refused()
    {
        await using var bed = new UpdateBed();
        bed.Source.Answer(bed.ArtifactPath(UpdateBed.Next) + ".sig", "somebody");
        (await bed.Update()).Reason.ShouldBe("sig-rejected: unknown signer");

        bed.Verifier = new TestVerifier { Failure = new FormatException("no trust root") };
        (await bed.Update()).Reason.ShouldBe("sig-rejected: the signature could not be checked: no trust root");

        bed.ShouldBeUntouched();
    }

    [Fact, Trait("spec", "DR-52")]
    public async Task A_file_that_is_not_what_the_manifest_says_is_refused_before_the_verifier_is_asked()
    {
        var verifier = new TestVerifier();
        await using var bed = new UpdateBed { Verifier = verifier };
        bed.Source.Answer(bed.ArtifactPath(UpdateBed.Next), new SourceAnswer { Body = Encoding.UTF8.GetBytes("#!/bin/sh\necho tampered\n") });

        (await bed.Update()).Reason.ShouldStartWith("hash-failed: the file has the SHA-256 ");

        verifier.Asked.ShouldBeEmpty();
        bed.Source.Paths.ShouldNotContain(static path => path.EndsWith(".sig"));
        bed.ShouldBeUntouched();
    }

    [Theory]
    [InlineData("not json", "is not a manifest")]
    [InlineData("[]", "is not a manifest")]
    [InlineData("null", "names no version")]
    [InlineData("{}", "names no version")]
    [InlineData("""{"version":null}""", "names no version")]
    [InlineData("""{"version":""}""", "names no version")]
    [InlineData("""{"version":7}""", "is not a manifest")]
    [InlineData("""{"version":"newest"}""", "which is not a semantic version")]
    [InlineData("""{"version":"1.1.0/../../../evil"}""", "which is not a semantic version")]
    [InlineData("""{"version":"1.1.0"}""", "does not say the SHA-256")]
    [InlineData("""{"version":"1.1.0","sha256":null}""", "does not say the SHA-256")]
    [InlineData("""{"version":"1.1.0","sha256":"abc"}""", "does not say the SHA-256")]
    [InlineData("""{"version":"1.1.0","sha256":"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"}""", "does not say the SHA-256")]
    public async Task A_manifest_that_is_none_is_refused(string manifest, string words)
    {
        await using var bed = new UpdateBed();
        bed.Source.Answer(Latest, manifest);

        await Refused(bed, "version-check-failed: ", words);
    }

    [Fact]
    public async Task A_manifest_without_end_is_refused()
    {
        await using var bed = new UpdateBed();
        bed.Source.Answer(Latest, new SourceAnswer { Body = new byte[64 * 1024 + 1], HasNoLength = true });
        await Refused(bed, "version-check-failed: ", "is larger than 65536 bytes");

        bed.Source.Answer(Latest, new SourceAnswer { Length = 1L << 40 });
        await Refused(bed, "version-check-failed: ", "is larger than 65536 bytes");
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(304)]
    [InlineData(204)]
    public async Task A_source_that_does_not_answer_well_is_named(int status)
    {
        await using var bed = new UpdateBed();
        bed.Source.Answer(Latest, new SourceAnswer { Status = status });
        await Refused(bed, "version-check-failed: ", $"/cdn/stable/latest.json answered {status}");

        bed.Offer(UpdateBed.Next, Encoding.UTF8.GetBytes(UpdateBed.Program(UpdateBed.Next)));
        bed.Source.Answer(bed.ArtifactPath(UpdateBed.Next) + ".sig", new SourceAnswer { Status = status });
        await Refused(bed, "sig-download-failed: ", $"answered {status}");

        bed.Source.Answer(bed.ArtifactPath(UpdateBed.Next), new SourceAnswer { Status = status });
        await Refused(bed, "download-failed: ", $"answered {status}");
    }

    [Fact]
    public async Task A_program_that_is_not_whole_is_refused()
    {
        await using var bed = new UpdateBed();
        var file = Encoding.UTF8.GetBytes(UpdateBed.Program(UpdateBed.Next));

        bed.Source.Answer(bed.ArtifactPath(UpdateBed.Next), new SourceAnswer { Body = file[..10], Length = file.Length });
        await Refused(bed, "download-failed: ", "could not be fetched");

        bed.Source.Answer(bed.ArtifactPath(UpdateBed.Next), new SourceAnswer { Body = file, Length = file.Length - 1 });
        await Refused(bed, "hash-failed: ", "SHA-256");

        bed.Source.Answer(bed.ArtifactPath(UpdateBed.Next), new SourceAnswer { Body = file, HasNoLength = true });
        await Refused(bed, "download-failed: ", "does not say how long it is");

        bed.Source.Answer(bed.ArtifactPath(UpdateBed.Next), new SourceAnswer { Length = 1L << 40 });
        await Refused(bed, "download-failed: ", "is larger than 1073741824 bytes");
    }

    [Fact]
    public async Task A_signature_that_is_not_text_is_refused()
    {
        await using var bed = new UpdateBed();
        bed.Source.Answer(bed.ArtifactPath(UpdateBed.Next) + ".sig", new SourceAnswer { Body = [0xff, 0xfe] });

        await Refused(bed, "sig-download-failed: ", "is not text");
    }

    [Fact]
    public async Task Releases_come_from_nowhere_else()
    {
        await using var bed = new UpdateBed();
        await using var other = new ReleaseSource();
        other.Answer(Latest, UpdateBed.Manifest(UpdateBed.Next, []));

        foreach (var elsewhere in new[] { $"{other.Address}cdn/stable/latest.json", $"http://localhost:{bed.Source.Address.Port}/x", "file:///etc/passwd" })
        {
            bed.Source.Answer(Latest, new SourceAnswer { Status = 302, Location = elsewhere });
            await Refused(bed, "version-check-failed: ", "which is not asked");
        }

        other.Requests.ShouldBeEmpty();
        bed.Source.Answer(Latest, new SourceAnswer { Status = 302 });
        await Refused(bed, "version-check-failed: ", "redirects to nowhere");
        bed.Source.Answer(Latest, new SourceAnswer { Status = 302, Location = Latest });
        await Refused(bed, "version-check-failed: ", "redirects more than 5 times");
    }

    [Fact]
    public async Task A_file_that_has_moved_on_the_same_host_is_followed()
    {
        await using var bed = new UpdateBed();
        bed.Source.Answer("/moved.json", UpdateBed.Manifest(UpdateBed.Next, Encoding.UTF8.GetBytes(UpdateBed.Program(UpdateBed.Next))));
        bed.Source.Answer(Latest, new SourceAnswer { Status = 308, Location = "/moved.json" });

        (await bed.Update()).Reason.ShouldBe("update-applied");
    }

    [Fact]
    public async Task A_source_that_is_silent_is_waited_for_for_a_minute()
    {
        await using var bed = new UpdateBed();
        var silent = new SourceAnswer { IsSilent = true };
        bed.Source.Answer(Latest, silent);
        var update = bed.Update();
        await silent.Asked.Task.WaitAsync(TimeSpan.FromSeconds(20));

        bed.Clock.Advance(TimeSpan.FromSeconds(60));

        (await update.WaitAsync(TimeSpan.FromSeconds(20))).Reason.ShouldEndWith("was not fetched within 60 s");
        bed.ShouldBeUntouched();
    }

    [Fact]
    public async Task Everything_before_the_drain_has_five_minutes()
    {
        var verifier = new TestVerifier { IsSlow = true };
        await using var bed = new UpdateBed { Verifier = verifier };
        var update = bed.Update();
        await verifier.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(20));

        bed.Clock.Advance(TimeSpan.FromMinutes(5));

        (await update.WaitAsync(TimeSpan.FromSeconds(20))).Reason.ShouldBe("download-failed: the update was not ready within 5 min");
        bed.ShouldBeUntouched();
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_named()
    {
        await using var bed = new UpdateBed();
        var gone = new ReleaseSource();
        await gone.DisposeAsync();
        bed.Configure(update => update with { Url = gone.Address });

        await Refused(bed, "version-check-failed: ", "latest.json could not be fetched: Connection refused");
    }

    [Fact]
    public async Task Without_a_source_there_are_no_updates()
    {
        await using var bed = new UpdateBed();
        bed.Updater().IsPossible.ShouldBeTrue();
        bed.Configure(static update => update with { Url = null });

        bed.Updater().IsPossible.ShouldBeFalse();
        await Refused(bed, "version-check-failed: ", "no update source configured");
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("")]
    public async Task What_is_not_a_release_is_never_updated_not_even_to_a_pinned_version(string version)
    {
        await using var bed = new UpdateBed { Version = version };
        bed.Configure(static update => update with { Pin = UpdateBed.Next });

        bed.Updater().IsPossible.ShouldBeFalse();
        await Refused(bed, "version-check-failed: ", "is never updated");
        bed.Source.Paths.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pin_that_cannot_be_had_is_named()
    {
        await using var bed = new UpdateBed();
        bed.Configure(static update => update with { Pin = "0.5.0" });
        await Refused(bed, "version-check-failed: ", "/cdn/stable/0.5.0/manifest.json answered 404");

        bed.Source.Answer("/cdn/stable/0.5.0/manifest.json", UpdateBed.Manifest("0.6.0", []));
        await Refused(bed, "version-check-failed: ", "the manifest of the pinned version 0.5.0 is that of 0.6.0");

        bed.Configure(static update => update with { Pin = "the good one" });
        await Refused(bed, "version-check-failed: ", "which is not a semantic version");
    }

    [Fact]
    public async Task A_program_of_others_is_not_replaced()
    {
        await using var bed = new UpdateBed();
        bed.Installed = InstalledPrograms.Find(bed.ProgramPath, "Embedder", null);

        await Refused(bed, "no current-binary-path: ", "runs inside of another program (Embedder)");
        bed.Source.Paths.ShouldNotContain(bed.ArtifactPath(UpdateBed.Next));
    }

    [Theory]
    [InlineData("#!/bin/sh\necho 'donmai 1.0.0'\n", "says that it is \"donmai 1.0.0\"")]
    [InlineData("#!/bin/sh\necho no library >&2; exit 127\n", "ends with exit code 127 when asked for its version: no library")]
    [InlineData("#!/no/such/interpreter\n", "does not start")]
    public async Task A_signed_program_that_does_not_run_here_costs_no_session(string program, string words)
    {
        await using var bed = new UpdateBed();
        bed.Offer(UpdateBed.Next, Encoding.UTF8.GetBytes(program));

        await Refused(bed, "swap-failed: ", words);
    }

    private static async Task Refused(UpdateBed bed, string reason, string words)
    {
        var outcome = await bed.Update();

        (outcome.Updated, outcome.Version).ShouldBe((false, bed.Version));
        outcome.Reason.ShouldStartWith(reason);
        outcome.Reason.ShouldContain(words);
        bed.ShouldBeUntouched();
    }
}
