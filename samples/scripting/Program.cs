using System.Globalization;
using Donmai.Client;
using Donmai.Scripting;

// A daemon runs somewhere on this machine:    donmai daemon run
// This program is another process that uses it:
//     dotnet run --project samples/scripting -- <repository> [<prompt> [<provider>]]
// The repository has to be allowed by the daemon's configuration (projects).
// DONMAI_DAEMON_URL and DONMAI_GRAIN_PORT say where the daemon is, when it is not where daemons usually are.
if (args is not [var repository, ..])
{
    await Console.Error.WriteLineAsync("usage: donmai-scripting <repository> [<prompt> [<provider>]]");
    return 2;
}

var prompt = args.Length > 1 ? args[1] : "Say hello.";
var provider = args.Length > 2 ? args[2] : "stub";
var gatewayPort = int.TryParse(Environment.GetEnvironmentVariable("DONMAI_GRAIN_PORT"), CultureInfo.InvariantCulture, out var port)
    ? port
    : GrainClientOptions.DefaultGatewayPort;
try
{
    using var daemon = new DonmaiClient();
    await using var grains = await GrainClient.ConnectAsync(gatewayPort);

    var machine = (await daemon.Status()).MachineId;
    await ThroughGrains.ListStartAndFollow(grains, machine, repository, prompt, provider);
    await ThroughHttp.ListStartAndFollow(daemon, repository, prompt, provider);
    return 0;
}
catch (DonmaiClientException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}
catch (Donmai.DonmaiException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}
