using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AeVae.Reports.Runs;
using AeVae.Runner.Serving;
using AeVae.Tests.Reports;
using AeVae.Tests.Reports.Comparisons;
using AeVae.Tests.Tracking;
using AeVae.Tracking;

namespace AeVae.Tests.Runner.Serving;

public sealed class SiteTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("aevae-site").FullName;
    readonly RunStore store;

    public SiteTests() => store = RunStore.Open(Database);

    string Database => Path.Combine(folder, "my & results.db");

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void TheListHasEveryRunWithItsMetricsAndAWayToItsReport()
    {
        string id = store.Add(FakeRun.Full());
        XDocument page = Page("/");

        XElement row = Assert.Single(page.Descendants("tbody").Elements("tr"));
        Assert.Equal("my & results.db", page.Descendants("h1").Elements("small").Single().Value);
        Assert.Equal($"/run/{id}", row.Descendants("a").Single().Attribute("href")!.Value);
        Assert.Equal(id, row.Descendants("input").Single().Attribute("value")!.Value);
        Assert.Equal(["", FakeRun.Full().Run.Name + id[^4..], "completed", "50", "105.70"], row.Elements("td").Take(5).Select(cell => cell.Value));
        Assert.Empty(page.Descendants("progress"));
    }

    [Fact]
    public void SweepsStandBelowTheRunsAndAreALinkAwayAtTheTop()
    {
        store.Add(FakeRun.Full());
        Assert.DoesNotContain("#sweeps", Answer("/").Html, StringComparison.Ordinal);
        string sweep = store.BeginSweep(SweepStoreTests.Sweep("beta"));
        XElement[] shown = [.. Page("/").Descendants("main").Elements()];

        Assert.Equal(("1 sweep ↓", "#sweeps"), (shown[0].Value, shown[0].Element("a")!.Attribute("href")!.Value));
        Assert.Equal("Sweeps", shown.Single(element => element.Attribute("id")?.Value == "sweeps").Value);
        Assert.Equal($"/sweep/{sweep}", shown[^1].Descendants("a").Single().Attribute("href")!.Value);
    }

    /// <summary>Not more than a style: the button is not scrolled away.</summary>
    [Fact]
    public void TheButtonThatComparesStaysInView()
    {
        store.Add(FakeRun.Full());
        Assert.Equal("action", Page("/").Descendants("button").Single(button => button.Value == "Compare").Parent!.Attribute("class")!.Value);
        Assert.Contains(".action { position: sticky; bottom: 0;", Answer("/").Html, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsStoredIsTextAndNeverMarkup()
    {
        store.Add(FakeRun.Full().Named("<script>alert(1)</script>"));
        string html = Answer("/?name=%22%3E%3Cimg%3E&columns=val.loss").Html;
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", Page("/").Descendants("a").Select(link => link.Value));
        Assert.Single(Page("/").Descendants("script"));
    }

    [Fact]
    public void TheOnlyScriptIsTheOneThatThePageAllows()
    {
        store.Add(FakeRun.Full());
        XDocument page = Page("/");
        string policy = page.Descendants("meta").Single(meta => meta.Attribute("http-equiv")?.Value == "Content-Security-Policy").Attribute("content")!.Value;
        string sha256 = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(page.Descendants("script").Single().Value)));
        Assert.Contains($"script-src 'sha256-{sha256}'", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void ListsAreFilteredAndSortedAsByTheCommand()
    {
        string first = store.Add(FakeRun.Full().Named("b")), second = store.Add(FakeRun.Full().Named("a"));
        store.ChangeTags(second, ["paper"], []);
        Assert.Equal([second, first], Ids("/"));
        Assert.Equal([first], Ids("/?name=b"));
        Assert.Equal([second], Ids("/?tag=paper&status=completed"));
        Assert.Empty(Ids("/?status=running"));
        Assert.Equal([first, second], Ids("/?sort=started"));
        Assert.Equal([second], Ids("/?where=tags%3Dpaper+and+epochs%3E1"));
        Assert.EndsWith("where=epochs%3E1&sort=started", Page("/?where=epochs%3E1").Descendants("th").Elements("a").Last().Attribute("href")!.Value, StringComparison.Ordinal);

        string[] links = [.. Page("/?name=b&sort=val.loss&columns=val.loss,train.epochs").Descendants("th").Elements("a").Select(link => link.Attribute("href")!.Value)];
        Assert.Equal(["/?name=b&columns=val.loss%2Ctrain.epochs&sort=-val.loss", "/?name=b&columns=val.loss%2Ctrain.epochs&sort=train.epochs", "/?name=b&columns=val.loss%2Ctrain.epochs&sort=started"], links);
        Assert.All(Page("/?all=1").Descendants("th").Elements("a"), link => Assert.EndsWith("&all=1", link.Attribute("href")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void ARunThatIsTrainedShowsItsProgressAndIsLookedAtAgain()
    {
        RunData full = FakeRun.Full();
        string id = store.Add(full), running = store.BeginRun(Begun(full));
        for (int epoch = 1; epoch <= 3; epoch++)
            store.AppendEpoch(running, new EpochRecord(epoch, [new("train", "loss", 10 - epoch), new("validation", "loss", 11 - epoch)], new string('d', 64), new string('e', 64), new string('f', 64), [], 2.5, 20_000));

        Assert.Equal("3", Page("/").Descendants("progress").Single().Attribute("value")!.Value);
        Assert.Equal((10, null), (Answer($"/run/{running}").RefreshSeconds, Answer($"/run/{id}").RefreshSeconds));
        Assert.Equal(10, Answer($"/compare?run={running}&run={id}").RefreshSeconds);
        Assert.StartsWith("← All runs · being trained", Page($"/run/{running}").Descendants("p").First().Value, StringComparison.Ordinal);
        Assert.Equal("← All runs", Page($"/run/{id}").Descendants("p").First().Value);
        Assert.NotEmpty(Page($"/run/{running}").Descendants("figure").Elements("svg"));
    }

    [Fact]
    public void ChosenRunsAreListedWithWhatTellsThemApart()
    {
        string[] ids = [store.Add(FakeRun.Full().Set("model.latent_dim", "2")), store.Add(FakeRun.Full().Set("model.latent_dim", "8"))];
        store.Add(FakeRun.Autoencoder());
        foreach (string id in ids)
            store.ChangeTags(id, ["mine"], []);
        XDocument page = Page("/?runs=tag:mine");

        Assert.Equal(ids.Reverse(), page.Descendants("input").Where(box => box.Attribute("type")?.Value == "checkbox").Select(box => box.Attribute("value")!.Value));
        Assert.Contains(page.Descendants("th"), cell => cell.Value == "latent_dim");
        Assert.Contains("runs=tag%3Amine", page.Descendants("th").Elements("a").First().Attribute("href")!.Value, StringComparison.Ordinal);
        Assert.Equal("tag:mine", page.Descendants("input").Single(field => field.Attribute("name")?.Value == "runs").Attribute("value")!.Value);     // kept by the filter
    }

    [Fact]
    public void RunsAreFoundByAnySelector()
    {
        string id = store.Add(FakeRun.Full().Named("b"));
        Assert.All([$"/run/{id[^4..]}", "/run/b", "/run/@last", "/run/%40last"], address => Assert.Equal(Answer($"/run/{id}").Html, Answer(address).Html));
    }

    [Fact]
    public void AFileThatKnowsFewMetricsHasAListAllTheSame()
    {
        store.DefineMetrics([FakeRun.Full().Definitions["loss"]]);
        store.BeginRun(Begun(FakeRun.Full()));
        Assert.Equal(["val.loss", "test.loss", "started"], Page("/").Descendants("th").Elements("a").Select(link => link.Value));
    }

    [Fact]
    public void AnOrderByLossesThatDifferIsSaidToTellNothing()
    {
        store.Add(FakeRun.Full());
        Assert.DoesNotContain(Page("/?sort=val.loss").Descendants("p"), p => p.Attribute("class")?.Value == "note");
        store.Add(FakeRun.Full().Set("loss.kl_weight", "4"));
        Assert.StartsWith("These runs minimise different losses", Page("/?sort=val.loss").Descendants("p").Single(p => p.Attribute("class")?.Value == "note").Value, StringComparison.Ordinal);
        Assert.DoesNotContain(Page("/?sort=val.bce").Descendants("p"), p => p.Attribute("class")?.Value == "note");
    }

    [Fact]
    public void TickedRunsAreSetBesideEachOther()
    {
        string first = store.Add(FakeRun.Full().Named("b")), second = store.Add(FakeRun.Full().Named("a"));
        Assert.StartsWith("Comparison of ", Page($"/compare?run={first}&run={second}").Descendants("h1").Single().Value, StringComparison.Ordinal);
        Assert.Equal(Answer($"/run/{first}").Html, Answer($"/compare?run={first}&run={first}").Html);
        Assert.Equal("/", Page($"/compare?run={first}&run={second}").Descendants("p").First().Element("a")!.Attribute("href")!.Value);
    }

    [Theory]
    [InlineData("/run/nothing", HttpStatusCode.NotFound)]
    [InlineData("/run/", HttpStatusCode.NotFound)]
    [InlineData("/sweep/nothing", HttpStatusCode.NotFound)]
    [InlineData("/elsewhere", HttpStatusCode.NotFound)]
    [InlineData("/run/a/b", HttpStatusCode.NotFound)]
    [InlineData("/compare", HttpStatusCode.BadRequest)]
    [InlineData("/compare?run=x&run=y", HttpStatusCode.NotFound)]
    [InlineData("/?sort=nothing", HttpStatusCode.BadRequest)]
    [InlineData("/?columns=nothing", HttpStatusCode.BadRequest)]
    [InlineData("/?where=nothing", HttpStatusCode.BadRequest)]
    [InlineData("/?status=banana", HttpStatusCode.BadRequest)]
    [InlineData("/?status=1", HttpStatusCode.BadRequest)]
    public void WhatIsNotThereIsSaidOnAPage(string address, HttpStatusCode status)
    {
        store.Add(FakeRun.Full());
        Assert.Equal(status, Answer(address).Status);
        Assert.NotEmpty(XDocument.Parse(Answer(address).Html).Descendants("h1").Single().Value);
    }

    [Fact]
    public void AFileThatCannotBeReadIsSaidOnAPage()
    {
        string broken = Path.Combine(folder, "broken.db");
        File.WriteAllText(broken, new string('x', 5000));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, new Site(broken).Answer(new Uri("http://localhost/")).Status);
    }

    static NewRun Begun(RunData run) => new()
    {
        Experiment = run.Detail.Experiment,
        Name = "begun",
        Seed = 7,
        NumericContract = run.Detail.NumericContract,
        Parameters = run.Detail.Parameters,
        Provenance = run.Detail.Provenance!,
        EffectiveBeta = run.Detail.EffectiveBeta,
        ParameterCount = run.Detail.ParameterCount,
        EpochsPlanned = 5,
    };

    string[] Ids(string address) => [.. Regex.Matches(Answer(address).Html, "type=\"checkbox\" name=\"run\" value=\"([^\"]*)\"").Select(match => match.Groups[1].Value)];

    WebPage Answer(string address) => new Site(Database).Answer(new Uri("http://localhost" + address));

    XDocument Page(string address)
    {
        WebPage page = Answer(address);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return XDocument.Parse(page.Html);
    }
}
