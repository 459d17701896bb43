using Donmai.Core.Daemon;

namespace Donmai.Core.Tests.Daemon;

public sealed class Finding_the_state_directory : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("donmai-home-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void It_is_a_hidden_directory_of_the_home() => Resolve().Root.ShouldBe(In(".donmai"));

    [Fact]
    public void The_former_directory_is_used_while_it_is_alone()
    {
        _home.CreateSubdirectory(".rensei");

        Resolver().IsLegacy.ShouldBeTrue();
        Resolve().Root.ShouldBe(In(".rensei"));
    }

    [Fact]
    public void The_own_directory_wins_over_the_former_one()
    {
        _home.CreateSubdirectory(".rensei");
        _home.CreateSubdirectory(".donmai");

        Resolver().IsLegacy.ShouldBeFalse();
        Resolve().Root.ShouldBe(In(".donmai"));
    }

    [Fact]
    public void The_override_wins_over_everything()
    {
        _home.CreateSubdirectory(".rensei");

        new StateDirectoryResolver(_home.FullName, "/srv/donmai/").Resolve().Root.ShouldBe("/srv/donmai");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_home_it_is_temporary(string? home) => new StateDirectoryResolver(home, null).Resolve().Root.ShouldBe("/tmp/.donmai");

    [Fact]
    public void It_is_created_for_its_owner_only()
    {
        StateDirectoryResolver.EnsureUsable(Resolve());

        new DirectoryInfo(In(".donmai")).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.EnumerateFileSystemEntries(In(".donmai")).ShouldBeEmpty();
    }

    [Fact]
    public void One_that_cannot_be_written_is_refused_in_one_sentence()
    {
        File.WriteAllText(In("file"), "");

        var refusal = Should.Throw<StateDirectoryException>(() => StateDirectoryResolver.EnsureUsable(new StateDirectory(In("file/state"))));

        refusal.Message.ShouldContain(In("file/state"));
        refusal.Message.ShouldContain("DONMAI_STATE_HOME");
    }

    private StateDirectoryResolver Resolver() => new(_home.FullName, null);

    private StateDirectory Resolve() => Resolver().Resolve();

    private string In(string name) => Path.Combine(_home.FullName, name);
}
