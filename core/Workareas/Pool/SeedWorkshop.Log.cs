using Microsoft.Extensions.Logging;

namespace Donmai.Core.Workareas.Pool;

internal sealed partial class SeedWorkshop
{
    [LoggerMessage(2251, LogLevel.Information, "{Name} in the pool's directory belongs to no member; it was removed")]
    private partial void LogSwept(string name);

    [LoggerMessage(2252, LogLevel.Debug, "Work on member {MemberId} of the pool was given up, for the daemon ends")]
    private partial void LogGivenUp(string memberId);

    [LoggerMessage(2253, LogLevel.Warning, "What became of member {MemberId} of the pool could not be told")]
    private partial void LogNotTold(Exception failure, string memberId);
}
