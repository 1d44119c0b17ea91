namespace AeVae.Data.Fetching;

/// <summary>A web folder that serves the files compressed, as <c>NAME.gz</c>.</summary>
sealed class HttpSource(Uri folder) : FetchSource
{
    public override string Name => folder.ToString();

    public override async Task FetchAsync(FileIntake intake, CancellationToken cancellation)
    {
        foreach (string name in intake.MissingFiles)
        {
            using HttpResponseMessage response = await GetAsync(intake, new Uri(folder, name + ".gz"), cancellation).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{name}.gz: the server answers {(int)response.StatusCode} {response.ReasonPhrase}");
            using Stream content = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await intake.StoreAsync(name, new StallGuard(content, intake.Patience), cancellation).ConfigureAwait(false);
        }
    }

    static async Task<HttpResponseMessage> GetAsync(FileIntake intake, Uri address, CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(intake.Patience);
        try
        {
            return await intake.Http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, timer.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException stall) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("the server does not answer", stall);
        }
    }
}
