using System.Runtime.InteropServices;
using Donmai.Core.Daemon.Updates;

namespace Donmai.Core.Tests.Daemon.Updates;

public sealed class Addresses_of_releases
{
    public static TheoryData<Architecture, string, string> Systems => new()
    {
        { Architecture.X64, "LINUX", "donmai-daemon-amd64-linux" },
        { Architecture.Arm64, "LINUX", "donmai-daemon-arm64-linux" },
        { Architecture.X86, "LINUX", "donmai-daemon-386-linux" },
        { Architecture.Arm, "LINUX", "donmai-daemon-arm-linux" },
        { Architecture.X64, "OSX", "donmai-daemon-amd64-darwin" },
        { Architecture.Arm64, "OSX", "donmai-daemon-arm64-darwin" },
        { Architecture.X64, "WINDOWS", "donmai-daemon-amd64-windows" },
    };

    [Theory, Trait("spec", "DR-50")]
    [MemberData(nameof(Systems))]
    public void The_file_is_named_in_the_words_of_Go(Architecture processor, string system, string name) =>
        ReleaseAddresses.FileName(processor, OSPlatform.Create(system)).ShouldBe(name);

    [Fact]
    public void There_is_no_file_for_a_system_that_is_not_built_for()
    {
        ReleaseAddresses.FileName(Architecture.S390x, OSPlatform.Linux).ShouldBeNull();
        ReleaseAddresses.FileName(Architecture.X64, OSPlatform.FreeBSD).ShouldBeNull();
    }

    [Theory, Trait("spec", "DR-50")]
    [InlineData("https://updates.example", "stable", "https://updates.example")]
    [InlineData("https://updates.example/", "beta", "https://updates.example")]
    [InlineData("https://updates.example///", "main", "https://updates.example")]
    [InlineData("https://updates.example:8443/a/b/", "stable", "https://updates.example:8443/a/b")]
    [InlineData("https://updates.example/a?x=1#y", "stable", "https://updates.example/a")]
    public void Every_channel_has_its_own_addresses(string source, string channel, string root)
    {
        var addresses = new ReleaseAddresses(new Uri(source), channel);

        addresses.Latest.AbsoluteUri.ShouldBe($"{root}/{channel}/latest.json");
        addresses.Manifest("1.2.3").AbsoluteUri.ShouldBe($"{root}/{channel}/1.2.3/manifest.json");
        var artifact = addresses.Artifact("v0.9.4", "donmai-daemon-amd64-linux");
        artifact.AbsoluteUri.ShouldBe($"{root}/{channel}/v0.9.4/donmai-daemon-amd64-linux");
        ReleaseAddresses.Signature(artifact).AbsoluteUri.ShouldBe($"{root}/{channel}/v0.9.4/donmai-daemon-amd64-linux.sig");
    }

    [Fact]
    public void The_version_stands_in_the_address_as_the_manifest_says_it() =>
        new ReleaseAddresses(new Uri("https://u.example"), "main").Artifact("1.0.0-rc.1+b.2", "f").AbsoluteUri.ShouldBe("https://u.example/main/1.0.0-rc.1+b.2/f");
}
