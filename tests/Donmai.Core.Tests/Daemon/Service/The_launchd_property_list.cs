using System.Xml;
using System.Xml.Linq;
using Donmai.Core.Daemon.Service;

namespace Donmai.Core.Tests.Daemon.Service;

[Trait("spec", "DR-55")]
public sealed class The_launchd_property_list
{
    private static readonly ServiceDefinition Usual = new()
    {
        Scope = ServiceScope.User,
        Account = new ServiceAccount("anna", "/Users/anna", 501),
        Program = new HostProgram(["/opt/donmai/bin/donmai"]),
    };

    [Fact]
    public void Of_a_user() => LaunchdPlist.Compose(Usual).ShouldBe(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
          <key>Label</key>
          <string>dev.donmai.daemon</string>
          <key>ProgramArguments</key>
          <array>
            <string>/opt/donmai/bin/donmai</string>
            <string>daemon</string>
            <string>run</string>
          </array>
          <key>RunAtLoad</key>
          <true/>
          <key>KeepAlive</key>
          <dict>
            <key>SuccessfulExit</key>
            <false/>
          </dict>
          <key>ThrottleInterval</key>
          <integer>30</integer>
          <key>ExitTimeOut</key>
          <integer>660</integer>
          <key>StandardOutPath</key>
          <string>/Users/anna/Library/Logs/donmai/daemon.log</string>
          <key>StandardErrorPath</key>
          <string>/Users/anna/Library/Logs/donmai/daemon-error.log</string>
          <key>EnvironmentVariables</key>
          <dict>
            <key>HOME</key>
            <string>/Users/anna</string>
            <key>PATH</key>
            <string>/Users/anna/.local/bin:/opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin</string>
          </dict>
        </dict>
        </plist>

        """);

    [Fact]
    public void Escapes_every_special_character_of_XML()
    {
        const string path = "/opt/<a> & \"b\" 'c'/donmai";

        var text = LaunchdPlist.Compose(Usual with { Program = new HostProgram([path]), StateHome = path });

        text.ShouldContain("<string>/opt/&lt;a&gt; &amp; &quot;b&quot; &apos;c&apos;/donmai</string>");
        Values(text).Count(static value => value is path).ShouldBe(2);
    }

    [Fact]
    public void Says_what_was_chosen()
    {
        var values = Values(LaunchdPlist.Compose(Usual with
        {
            KeepSessions = true,
            Background = true,
            ConfigurationPath = "/etc/donmai.yaml",
            StateHome = "/srv/state",
            DrainTimeout = TimeSpan.FromMinutes(1),
        }));

        string.Join('|', values).ShouldSatisfyAllConditions(
            text => text.ShouldContain("daemon|run|--keep-sessions|"),
            text => text.ShouldContain("AbandonProcessGroup||ProcessType|Background|"),
            text => text.ShouldContain("ExitTimeOut|120|"),
            text => text.ShouldContain("DONMAI_DAEMON_CONFIG|/etc/donmai.yaml|DONMAI_STATE_HOME|/srv/state"));
    }

    [Fact]
    public void Is_not_written_for_a_path_that_XML_cannot_hold() =>
        Should.Throw<ServiceException>(() => LaunchdPlist.Compose(Usual with { StateHome = "/srv/\u0001" })).Message.ShouldContain("control characters");

    private static List<string> Values(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return [.. XDocument.Load(reader).Descendants().Where(static element => !element.HasElements).Select(static element => element.Value)];
    }
}
