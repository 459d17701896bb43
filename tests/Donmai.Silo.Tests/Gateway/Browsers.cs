using Microsoft.Playwright;
using NSubstitute;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>control-api.md §1.2: what a page in a browser of this machine can do with the control API: nothing, with a real browser.</summary>
public sealed class Browsers : IAsyncLifetime
{
    /// <summary>Names that lead to this machine, as an attacker's name server would have it.</summary>
    private const string Rules = "--host-resolver-rules=MAP evil.example 127.0.0.1, MAP rebind.example 127.0.0.1";

    private const string Attack = """
        async port => {
          const api = `http://127.0.0.1:${port}`;
          const tried = [];
          const attempt = async (what, act) => { try { tried.push(`${what}: ${await act()}`); } catch (failure) { tried.push(`${what}: ${failure.name}`); } };
          const word = async answer => `${answer.type} ${answer.status}`;
          await attempt('read', async () => (await fetch(`${api}/api/daemon/status`)).text());
          for (const path of ['/api/daemon/pause', '/api/daemon/stop', '/api/daemon/drain', '/api/daemon/update', '/api/daemon/capacity', '/api/daemon/sessions', '/api/daemon/pool/evict']) {
            await attempt(`post ${path}`, async () => word(await fetch(api + path, { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': 'text/plain' }, body: '{"key":"capacity.maxConcurrentSessions","value":"0"}' })));
            await attempt(`json ${path}`, async () => word(await fetch(api + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })));
            await attempt(`beacon ${path}`, async () => navigator.sendBeacon(api + path, '{}'));
          }
          const event = (target, names) => new Promise(done => names.forEach(name => target.addEventListener(name, () => done(name))));
          await attempt('websocket', () => event(new WebSocket(`ws://127.0.0.1:${port}/api/daemon/status`), ['open', 'error']));
          const source = new EventSource(`${api}/api/daemon/sessions/s1/events`);
          await attempt('events', () => event(source, ['message', 'open', 'error']));
          source.close();
          const script = document.createElement('script');
          script.src = `${api}/api/daemon/status`;
          const loaded = event(script, ['load', 'error']);
          document.head.append(script);
          await attempt('script', () => loaded);
          return tried;
        }
        """;

    private GatewayUnderTest _gateway = null!;
    private PageServer _page = null!;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        _gateway = await GatewayUnderTest.Start();
        _gateway.AddSession("s1");
        _page = await PageServer.Start();
        if (ChromiumFactAttribute.Program is not { } program)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Headless = true, Args = ["--no-sandbox", "--disable-dev-shm-usage", Rules] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        await _page.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [ChromiumFact]
    public async Task The_browser_reaches_the_daemon_by_its_own_name()
    {
        var page = await _browser!.NewPageAsync();

        var answer = await page.GotoAsync($"http://127.0.0.1:{_gateway.EndPoint.Port}/api/daemon/status");

        answer!.Status.ShouldBe(200);
    }

    [ChromiumFact]
    [Trait("spec", "CA-25")]
    public async Task A_page_of_another_origin_reads_nothing_and_changes_nothing()
    {
        var page = await _browser!.NewPageAsync();
        await page.GotoAsync(_page.At("evil.example"));

        var tried = await page.EvaluateAsync<string[]>(Attack, _gateway.EndPoint.Port);

        tried.ShouldContain("read: TypeError");
        tried.ShouldContain("websocket: error");
        tried.ShouldContain("events: error");
        tried.ShouldAllBe(static line => !line.Contains("machineId", StringComparison.Ordinal) && !line.Contains(" 200", StringComparison.Ordinal));
        await ShouldBeUntouched();
    }

    [ChromiumFact]
    [Trait("spec", "CA-25")]
    public async Task A_simple_form_of_another_origin_is_told_why_it_is_refused()
    {
        var page = await _browser!.NewPageAsync();
        await page.GotoAsync(_page.At("evil.example"));

        var answer = await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync(
                """port => { document.body.innerHTML = `<form method="post" enctype="text/plain" action="http://127.0.0.1:${port}/api/daemon/pause"><input name="a"></form>`; document.forms[0].submit(); }""",
                _gateway.EndPoint.Port),
            static response => response.Url.EndsWith("/pause", StringComparison.Ordinal));

        answer.Status.ShouldBe(403);
        await ShouldBeUntouched();
    }

    [ChromiumFact]
    [Trait("spec", "CA-25")]
    public async Task A_name_that_was_rebound_to_this_machine_opens_nothing()
    {
        var page = await _browser!.NewPageAsync();
        var rebound = $"http://rebind.example:{_gateway.EndPoint.Port}";

        var shown = await page.GotoAsync(rebound + "/api/daemon/status");
        var read = await page.EvaluateAsync<string>("async () => { const answer = await fetch('/api/daemon/status'); return answer.status + ' ' + await answer.text(); }");
        var posted = await page.EvaluateAsync<string>("async () => { const answer = await fetch('/api/daemon/stop', { method: 'POST' }); return answer.status + ' ' + await answer.text(); }");

        shown!.Status.ShouldBe(403);
        read.ShouldBe("403 {\"error\":\"forbidden host\"}\n");
        posted.ShouldBe("403 {\"error\":\"forbidden host\"}\n");
        await ShouldBeUntouched();
    }

    private async Task ShouldBeUntouched()
    {
        await _gateway.Daemon.DidNotReceiveWithAnyArgs().Pause();
        await _gateway.Daemon.DidNotReceiveWithAnyArgs().Stop(default!);
        await _gateway.Daemon.DidNotReceiveWithAnyArgs().Drain(default!);
        await _gateway.Daemon.DidNotReceiveWithAnyArgs().SetCapacity(default!);
        await _gateway.Daemon.DidNotReceiveWithAnyArgs().Status();
        await _gateway.Update.DidNotReceiveWithAnyArgs().Begin();
        await _gateway.Spawner.DidNotReceiveWithAnyArgs().Accept(default!);
        await _gateway.Workareas.DidNotReceiveWithAnyArgs().Evict(default!);
    }
}
