using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Service;
using Donmai.Core.Platform;

namespace Donmai.Core.Tests.Daemon.Service;

public sealed class The_program_of_the_service : IDisposable
{
    private readonly SystemBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void Is_this_one_with_its_links_resolved()
    {
        _bed.Program("real");
        File.CreateSymbolicLink(_bed.In("first"), Path.Combine(_bed.Bin, "real"));
        File.CreateSymbolicLink(_bed.In("second"), _bed.In("first"));
        File.CreateSymbolicLink(_bed.In("nowhere"), _bed.In("missing/donmai"));

        HostProgram.Resolved(_bed.In("second")).ShouldBe(Path.Combine(_bed.Bin, "real"));
        HostProgram.Resolved(Path.Combine(_bed.Bin, "real")).ShouldBe(Path.Combine(_bed.Bin, "real"));
        HostProgram.Resolved(_bed.In("none")).ShouldBe(_bed.In("none"));
    }

    [Fact]
    public void Stays_the_one_that_updates_replace()
    {
        Directory.CreateDirectory(_bed.In("1.4.0"));
        File.WriteAllText(_bed.In("1.4.0/donmai"), "");
        Directory.CreateSymbolicLink(_bed.In("current"), "1.4.0");

        HostProgram.Resolved(_bed.In("1.4.0/donmai")).ShouldBe(_bed.In("current/donmai"));

        Directory.CreateDirectory(_bed.In("1.5.0"));
        File.WriteAllText(_bed.In("1.5.0/donmai"), "");
        HostProgram.Resolved(_bed.In("1.5.0/donmai")).ShouldBe(_bed.In("1.5.0/donmai"));
    }

    [Fact]
    public void Of_a_test_is_its_host_and_its_assembly() =>
        HostProgram.OfThisProcess().Words[0].ShouldBe(Path.GetFullPath(Environment.ProcessPath!));

    [Fact]
    public void That_is_named_stays_as_it_is_named()
    {
        _bed.Program("real");
        File.CreateSymbolicLink(_bed.In("current"), Path.Combine(_bed.Bin, "real"));

        HostProgram.At(_bed.In("current"), _bed.Programs).Words.ShouldBe([_bed.In("current")]);
    }

    [Fact]
    public void That_is_an_assembly_is_run_by_dotnet()
    {
        File.WriteAllText(_bed.In("donmai.dll"), "");

        Should.Throw<ServiceException>(() => HostProgram.At(_bed.In("donmai.dll"), _bed.Programs)).Message.ShouldContain("'dotnet'");
        _bed.Program("dotnet");
        HostProgram.At(_bed.In("donmai.dll"), _bed.Programs).Words.ShouldBe([Path.Combine(_bed.Bin, "dotnet"), _bed.In("donmai.dll")]);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("calls")]
    [InlineData("home")]
    public void Has_to_be_one(string name)
    {
        File.WriteAllText(_bed.In("calls"), "not executable");

        Should.Throw<ServiceException>(() => HostProgram.At(_bed.In(name), _bed.Programs)).Message.ShouldContain("is not a program");
    }

    [Fact, Trait("spec", "DR-56")]
    public void Leaves_no_registration_behind_that_may_be_worthless()
    {
        var state = new StateDirectory(_bed.In("state"));
        RegistrationCache.Delete(state, out _).ShouldBeNull("there is not even a directory");
        Directory.CreateDirectory(state.Root);
        RegistrationCache.Delete(state, out _).ShouldBeNull("there is no file");
        File.WriteAllText(state.Registration, "{}");
        RegistrationCache.Delete(state, out _).ShouldBeNull();
        File.Exists(state.Registration).ShouldBeFalse();

        Directory.CreateDirectory(Path.Combine(state.Registration, "full"));
        RegistrationCache.Delete(state, out _)!.ShouldContain(state.Registration);
    }
}
