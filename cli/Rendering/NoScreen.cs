namespace Donmai.Cli.Rendering;

/// <summary>Shows nothing: output is for a program.</summary>
internal sealed class NoScreen : IScreen
{
    public void Write(Line line)
    {
    }

    public void Write(Listing listing)
    {
    }

    public Task<T> While<T>(Func<string> status, Func<Task<T>> work) => work();
}
