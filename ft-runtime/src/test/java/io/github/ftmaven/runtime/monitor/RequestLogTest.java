package io.github.ftmaven.runtime.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLogTest {
    @TempDir
    Path directory;

    /** The same question and answer as several servers and gateways log it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // A body of OpenAI's API, with an answer beside it or without.
                "{'model':'m','messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'Q'}],"
                        + "'choices':[{'index':0,'message':{'role':'assistant','content':'A'}}]}",
                "{'messages':[{'role':'user','content':'Q'},{'role':'assistant','content':'A'}]}",
                "{'messages':[{'role':'user','content':[{'type':'text','text':'Q'},{'type':'image_url','image_url':{}}]}],"
                        + "'response':'A'}",
                "{'request':{'model':'m','messages':[{'role':'user','content':'Q'}],'temperature':0},"
                        + "'response':{'id':'c','object':'chat.completion',"
                        + "'choices':[{'finish_reason':'stop','message':{'role':'assistant','content':'A'}}]}}",
                "{'request':'{\\'messages\\':[{\\'role\\':\\'user\\',\\'content\\':\\'Q\\'}]}','response':'A'}",
                // OpenAI's batch files; the answer is in another file.
                "{'custom_id':'r-1','method':'POST','url':'/v1/chat/completions','body':{'model':'m',"
                        + "'messages':[{'role':'user','content':'Q'}]},'response':{'status_code':200,"
                        + "'body':{'choices':[{'message':{'role':'assistant','content':'A'}}]}}}",
                // OpenAI's Responses API.
                "{'request':{'model':'m','instructions':'Be brief.','input':'Q'},'response':{'output':["
                        + "{'type':'reasoning','summary':[]},{'type':'message','role':'assistant',"
                        + "'content':[{'type':'output_text','text':'A'}]}]}}",
                "{'input':[{'role':'user','content':[{'type':'input_text','text':'Q'}]}],'output_text':'A'}",
                // The text completions of vLLM.
                "{'request':{'prompt':'Q','max_tokens':5},'response':{'choices':[{'text':'A'}]}}",
                "{'prompt':['Q'],'choices':[{'text':'A','index':0}]}",
                // LiteLLM's payload for loggers.
                "{'id':'x','call_type':'acompletion','model':'m','messages':[{'role':'user','content':'Q'}],"
                        + "'response':{'choices':[{'message':{'content':'A','role':'assistant'}}]},'metadata':{}}",
                "{'call_type':'acompletion','proxy_server_request':{'url':'http://h/chat/completions','body':"
                        + "{'messages':[{'role':'user','content':'Q'}]}},'response':{'choices':[{'message':"
                        + "{'content':'A'}}]}}",
                // Rows of a dataset.
                "{'prompt':'Q','completion':'A'}",
                "{'prompt':[{'role':'user','content':'Q'}],'completion':[{'role':'assistant','content':'A'}]}",
                "{'instruction':'Q','input':'','output':'A'}",
                "{'conversations':[{'from':'human','value':'Q'},{'from':'gpt','value':'A'}]}",
            })
    void logsOfManyKindsAreRead(String line) throws IOException {
        List<Request> requests = new ArrayList<>();
        RequestLog log = read(requests, "log.jsonl", line.replace('\'', '"').replace("\\\\\"", "\\\""));
        assertThat(log.firstUnread()).isEmpty();
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).texts()).containsExactly("Q");
        assertThat(requests.get(0).answer()).isEqualTo("A");
        assertThat(requests.get(0).source()).isEqualTo("log.jsonl:1");
    }

    @Test
    void aRequestNeedsNoAnswer() throws IOException {
        List<Request> requests = new ArrayList<>();
        read(requests, "a.log", """
                {"body": {"messages": [{"role": "developer", "content": "Be brief."}, {"role": "user", "content": "one"},
                """.strip() + """
                 {"role": "assistant", "content": "two"}, {"role": "user", "content": "three"}]}}
                """);
        assertThat(requests.get(0).answer()).isNull();
        assertThat(requests.get(0).messages())
                .extracting(Message::content)
                .containsExactly("Be brief.", "one", "two", "three");
        assertThat(requests.get(0).texts()).containsExactly("one", "two", "three");
    }

    @Test
    void linesThatAreNoRequestsAreCountedAndNamed() throws IOException {
        List<Request> requests = new ArrayList<>();
        RequestLog log = read(requests, "a.ndjson", """
                {"prompt": "fine"}

                {"prompt": "cut o
                [1]
                {"time": "12:00", "level": "INFO"}
                {"url": "/v1/embeddings", "body": {"input": "a text"}}
                {"messages": [{"role": "system", "content": "Be brief."}]}
                {"prompt": [1, 2, 3]}
                """);
        assertThat(requests).hasSize(1);
        assertThat(log.lines()).isEqualTo(7);
        assertThat(log.unread()).isEqualTo(6);
        assertThat(log.firstUnread()).hasSize(5);
        assertThat(log.firstUnread().get(0)).startsWith("a.ndjson:3: not valid JSON: ");
        assertThat(log.firstUnread().subList(1, 5))
                .containsExactly(
                        "a.ndjson:4: is a list, not an object",
                        "a.ndjson:5: has no messages, prompt, input, instruction or conversations, alone or under request"
                                + " or body",
                        "a.ndjson:6: asks for embeddings, not for an answer",
                        "a.ndjson:7: asks nothing: no message of a user");
    }

    @Test
    void packedFilesAreReadAndOthersRefused() throws IOException {
        Path packed = directory.resolve("r.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("{\"prompt\": \"Q\"}\r\n".getBytes(StandardCharsets.UTF_8));
        }
        List<Request> requests = new ArrayList<>();
        new RequestLog(requests::add).read(packed, "r.jsonl.gz");
        assertThat(requests).hasSize(1);
        Files.write(packed, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> new RequestLog(requests::add).read(packed, "r.jsonl.gz"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("r.jsonl.gz: is not a gzip file, or is damaged: ");
        assertThatThrownBy(() -> new RequestLog(requests::add).read(packed, "r.csv"))
                .hasMessage("r.csv: unsupported type of log. Name files of one JSON object per line: .jsonl, .ndjson or"
                        + " .log, alone or packed as .gz.");
    }

    private RequestLog read(List<Request> requests, String name, String lines) throws IOException {
        RequestLog log = new RequestLog(requests::add);
        log.read(Files.writeString(directory.resolve(name), lines), name);
        return log;
    }
}
