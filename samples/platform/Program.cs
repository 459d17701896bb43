using System.Runtime.InteropServices;
using Donmai.FakePlatform;

if (args.Contains("--help"))
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

PlatformOptions options;
try
{
    options = Arguments.Read(args);
}
catch (FormatException wrong)
{
    await Console.Error.WriteLineAsync($"{wrong.Message}\n\n{Arguments.Usage}");
    return 2;
}

try
{
    await using var platform = await PlatformServer.Start(options);
    Console.WriteLine($"The fake platform listens on {platform.Address.GetLeftPart(UriPartial.Authority)} (a page for a browser, too). Ctrl-C ends it.");
    var ended = new TaskCompletionSource();
    void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        ended.TrySetResult();
    }

    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    await ended.Task;
    return 0;
}
catch (IOException taken)
{
    await Console.Error.WriteLineAsync(taken.Message);
    return 1;
}
