using System.Net;
using AeVae.Data;
using AeVae.Data.Fetching;

namespace AeVae.Tests.Data;

public sealed class DataFetcherTests : IDisposable
{
    static readonly string[] AllNames = ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "train-images-idx3-ubyte", "train-labels-idx1-ubyte"];
    static readonly HttpSource First = new(new Uri("http://first.test/"));
    static readonly HttpSource Second = new(new Uri("http://second.test/"));

    readonly TinyDataset tiny = new(First, Second);
    readonly List<FetchProgress> progress = [];

    public void Dispose() => tiny.Dispose();

    [Fact]
    public async Task StoresTheUncompressedFiles()
    {
        FetchResult result = await Fetch(_ => null);

        Assert.Equal(AllNames, tiny.FileNames());
        Assert.All(DataVerifier.Verify(tiny.Info, tiny.Folder), check => Assert.Equal(DataFileState.Ok, check.State));
        Assert.Equal(["http://first.test/"], result.Sources);
        Assert.Empty(result.Failures);
    }

    [Fact]
    public async Task TakesNothingThatIsThere()
    {
        tiny.WithAllFiles();

        FetchResult result = await Fetch(_ => throw new InvalidOperationException("asked the server"));

        Assert.True(result.AlreadyPresent);
    }

    [Fact]
    public async Task ReplacesOnlyWhatIsMissingOrDamaged()
    {
        tiny.WithAllFiles();
        tiny.Put("train-labels-idx1-ubyte", [1, 2, 3]);
        List<string> asked = [];

        await Fetch(address =>
        {
            asked.Add(address);
            return null;
        });

        Assert.Equal(["http://first.test/train-labels-idx1-ubyte.gz"], asked);
        Assert.Equal(TinyDataset.Published["train-labels-idx1-ubyte"], await File.ReadAllBytesAsync(tiny.Folder.PathOf(tiny.Info, "train-labels-idx1-ubyte")));
    }

    [Fact]
    public async Task ReportsBytesOfAllFilesUpToTheTotal()
    {
        await Fetch(_ => null);

        long total = TinyDataset.Published.Values.Sum(bytes => bytes.Length);
        Assert.Equal(new FetchProgress("http://first.test/", "", 0, total), progress[0]);
        Assert.Equal(total, progress[^1].Bytes);
        Assert.Equal(progress.OrderBy(step => step.Bytes), progress);
    }

    [Fact]
    public async Task ATransferThatStallsIsGivenUp() =>
        await FallsBack(() => Content(new StallingStream(TinyDataset.Gzip([1, 2, 3])[..5])), "the transfer stalled: nothing came for 0.2 seconds");

    [Fact]
    public async Task AServerThatDoesNotAnswerIsGivenUp() =>
        await FallsBack(() => null, "the server does not answer");

    [Fact]
    public async Task AnAbsentFileLeadsToTheNextSource() =>
        await FallsBack(() => new(HttpStatusCode.NotFound), "train-images-idx3-ubyte.gz: the server answers 404 Not Found");

    [Fact]
    public async Task AWrongChecksumLeadsToTheNextSource() =>
        await FallsBack(() => Content(TinyDataset.Gzip(new byte[36])), "train-images-idx3-ubyte has SHA-256 ");

    [Fact]
    public async Task ATruncatedFileLeadsToTheNextSource() =>
        await FallsBack(() => Content(TinyDataset.Gzip(new byte[30])), "train-images-idx3-ubyte ends after 30 of 36 bytes");

    [Fact]
    public async Task AnEndlessFileLeadsToTheNextSource() =>
        await FallsBack(() => Content(TinyDataset.Gzip(new byte[1_000_000])), "train-images-idx3-ubyte is longer than the 36 bytes of the published file");

    [Fact]
    public async Task ACutCompressedFileLeadsToTheNextSource() =>
        await FallsBack(() => Content(TinyDataset.Gzip(TinyDataset.Published["train-images-idx3-ubyte"])[..^12]), "");

    [Fact]
    public async Task AWebPageInsteadOfTheFileLeadsToTheNextSource() =>
        await FallsBack(() => Content("<html>log in</html>"u8.ToArray()), "train-images-idx3-ubyte ends after 19 of 36 bytes");

    [Fact]
    public async Task AnUncompressedAnswerIsTaken()
    {
        FetchResult result = await Fetch(address => Content(TinyDataset.Published[Path.GetFileNameWithoutExtension(address)]));

        Assert.Equal(["http://first.test/"], result.Sources);
    }

    [Fact]
    public async Task FilesOfOneSourceStayWhenAnotherMustBringTheRest()
    {
        FetchResult result = await Fetch(address => address == "http://first.test/t10k-images-idx3-ubyte.gz" ? new(HttpStatusCode.NotFound) : null);

        Assert.Equal(["http://first.test/", "http://second.test/"], result.Sources);
        Assert.Equal(AllNames, tiny.FileNames());
    }

    [Fact]
    public async Task WhenNoSourceServesTheErrorListsEachAndWhatToDo()
    {
        DataException error = await Assert.ThrowsAsync<DataException>(() => Fetch(_ => new(HttpStatusCode.Forbidden)));

        Assert.StartsWith(
            $"""
            no source had tiny:
              http://first.test/: train-images-idx3-ubyte.gz: the server answers 403 Forbidden
              http://second.test/: train-images-idx3-ubyte.gz: the server answers 403 Forbidden
            Place these files, plain or as .gz, in {tiny.Folder.FolderOf(tiny.Info)} and check them with `runner data verify tiny`:
              train-images-idx3-ubyte  36 bytes  SHA-256 {tiny.Info.Files[0].Sha256}
            """.ReplaceLineEndings("\n"),
            error.Message,
            StringComparison.Ordinal);
        Assert.Empty(tiny.FileNames());
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsNamedBeforeAnyDownload()
    {
        string file = Path.Combine(tiny.Folder.Path, "a-file");
        await File.WriteAllBytesAsync(file, []);
        var fetcher = new DataFetcher(() => new StubServer(_ => throw new InvalidOperationException("asked the server")), TimeSpan.FromSeconds(1));

        DataException error = await Assert.ThrowsAsync<DataException>(() => fetcher.FetchAsync(tiny.Info, new DataFolder(file), null, default));

        Assert.StartsWith($"cannot write to {Path.Combine(file, "tiny")} (", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancellingLeavesNoTemporaryFile()
    {
        using var cancellation = new CancellationTokenSource();
        Task<FetchResult> fetch = Fetch(
            _ =>
            {
                cancellation.CancelAfter(50);
                return Content(new StallingStream([0, 0, 8]));
            },
            patience: TimeSpan.FromMinutes(1),
            cancellation: cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);

        Assert.Empty(tiny.FileNames());
    }

    [Fact]
    public async Task TwoFetchesAtOnceBothSucceed()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Fetch(_ => null, report: false))));

        Assert.Equal(AllNames, tiny.FileNames());
    }

    [Fact]
    public async Task AFolderOfTheSystemServesItsFiles()
    {
        using TinyDataset system = new TinyDataset().WithAllFiles();
        File.Delete(system.Folder.PathOf(system.Info, "train-images-idx3-ubyte"));
        system.Put("train-images-idx3-ubyte.gz", TinyDataset.Gzip(TinyDataset.Published["train-images-idx3-ubyte"]));
        using TinyDataset target = new(new FolderSource(system.Folder.FolderOf(system.Info)));

        await new DataFetcher().FetchAsync(target.Info, target.Folder, null, default);

        Assert.Equal(AllNames, target.FileNames());
    }

    /// <summary>The first server gives <paramref name="answer"/> for every file (null: it stays silent); the fetch must say why and take all from the second.</summary>
    async Task FallsBack(Func<HttpResponseMessage?> answer, string reason)
    {
        var server = new StubServer(address => address.StartsWith("http://first", StringComparison.Ordinal) ? Task.FromResult(answer()) : Task.FromResult<HttpResponseMessage?>(Serve(address)));

        FetchResult result = await new DataFetcher(() => server, TimeSpan.FromMilliseconds(200)).FetchAsync(tiny.Info, tiny.Folder, null, default);

        Assert.Equal(["http://second.test/"], result.Sources);
        Assert.StartsWith("http://first.test/: " + reason, Assert.Single(result.Failures), StringComparison.Ordinal);
        Assert.Equal(AllNames, tiny.FileNames());
    }

    Task<FetchResult> Fetch(Func<string, HttpResponseMessage?> answer, TimeSpan? patience = null, bool report = true, CancellationToken cancellation = default) =>
        new DataFetcher(() => new StubServer(address => Task.FromResult<HttpResponseMessage?>(answer(address) ?? Serve(address))), patience ?? TimeSpan.FromSeconds(10))
            .FetchAsync(tiny.Info, tiny.Folder, report ? new Recorder(progress) : null, cancellation);

    static HttpResponseMessage Serve(string address) => Content(TinyDataset.Gzip(TinyDataset.Published[Path.GetFileNameWithoutExtension(address)]));

    static HttpResponseMessage Content(byte[] bytes) => new() { Content = new ByteArrayContent(bytes) };

    static HttpResponseMessage Content(Stream stream) => new() { Content = new StreamContent(stream) };

    sealed class Recorder(List<FetchProgress> steps) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value) => steps.Add(value);
    }

    /// <summary>Answers every address; where the answer is null, it never comes.</summary>
    sealed class StubServer(Func<string, Task<HttpResponseMessage?>> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (await answer(request.RequestUri!.ToString()) is { } response) return response;
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("unreachable");
        }
    }

    /// <summary>Gives its bytes and then nothing, without ending.</summary>
    sealed class StallingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length) await Task.Delay(Timeout.Infinite, cancellationToken);
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
